# shellcheck shell=bash
#
# Finds JDK 17 or newer and Maven 3.8 or newer, and installs with apt where it may. For deploy/alluvium and deploy/test,
# which set "me" to their own name. Everything said here goes to standard error.

say() {
  printf '%s: %s\n' "${me:?}" "$*" >&2
}

# fail STATUS WORDS...
fail() {
  local status=$1
  shift
  say "$@"
  exit "$status"
}

# The major version of the JDK in a folder: 17. Nothing where there is no compiler.
jdk_version() {
  [[ -x $1/bin/javac && -x $1/bin/java ]] || return 0
  local version=
  if [[ -r $1/release ]]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [[ -z $version ]]; then
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  fi
  printf '%s' "$version"
}

# Sets JAVA_HOME: what the user named, else 17 wherever it is, else the oldest that is newer.
find_jdk() {
  local folder version best='' best_version=999
  if [[ -n ${JAVA_HOME:-} ]]; then
    version=$(jdk_version "$JAVA_HOME")
    if ((${version:-0} >= 17)); then
      export JAVA_HOME
      return 0
    fi
    say "JAVA_HOME is $JAVA_HOME, which is no JDK 17 or newer; looking for another"
  fi
  local on_path
  on_path=$(command -v javac || true)
  if [[ -n $on_path ]]; then
    on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  fi
  for folder in "$on_path" /usr/lib/jvm/*; do
    version=$(jdk_version "$folder")
    if ((${version:-0} >= 17 && version < best_version)); then
      best=$folder
      best_version=$version
    fi
  done
  [[ -n $best ]] || return 1
  export JAVA_HOME=$best
}

# Whether "mvn" is there and new enough.
find_maven() {
  local version
  if [[ -n ${MAVEN_HOME:-} && -x $MAVEN_HOME/bin/mvn ]]; then
    PATH=$MAVEN_HOME/bin:$PATH
  fi
  command -v mvn >/dev/null || return 1
  version=$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  local major=${version% *} minor=${version#* }
  ((${major:-0} > 3 || (${major:-0} == 3 && ${minor:-0} >= 8)))
}

# Whether packages may be installed: apt is there and this is root.
may_install() {
  command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]
}

# apt_install PACKAGE...: installs, asking the package lists anew only where they do not know a package.
apt_install() {
  local log
  log=$(mktemp "${TMPDIR:-/tmp}/alluvium-apt.XXXXXX")
  say "installing with apt: $* (log: $log)"
  export DEBIAN_FRONTEND=noninteractive
  if ! apt-cache show "$@" >"$log" 2>&1; then
    apt-get -q update >>"$log" 2>&1 || true
  fi
  if ! apt-get -q -y --no-install-recommends install "$@" >>"$log" 2>&1; then
    tail -n 5 "$log" >&2
    return 1
  fi
  rm -f "$log"
}

# The newest JDK package that the project is tested with and this release of Debian has.
jdk_package() {
  local package
  if may_install && ! apt-cache show openjdk-17-jdk-headless >/dev/null 2>&1; then
    apt-get -q update >/dev/null 2>&1 || true
  fi
  for package in openjdk-17-jdk-headless openjdk-21-jdk-headless; do
    if apt-cache show "$package" >/dev/null 2>&1; then
      printf '%s' "$package"
      return
    fi
  done
  printf 'openjdk-17-jdk-headless'
}

# Finds JDK and Maven; what is missing is installed, or named in one line. Exit status 2 where it stays missing.
need_jdk_and_maven() {
  local missing=()
  find_jdk || missing+=("$(jdk_package)")
  find_maven || missing+=(maven)
  need "JDK 17 or newer and Maven 3.8 or newer are needed" "${missing[@]}"
  find_jdk || fail 2 "no JDK 17 or newer was found; set JAVA_HOME"
  find_maven || fail 2 "no Maven 3.8 or newer was found; set MAVEN_HOME"
}

# The same for a JDK alone: enough to run what is built.
need_jdk() {
  local missing=()
  find_jdk || missing+=("$(jdk_package)")
  need "JDK 17 or newer is needed" "${missing[@]}"
  find_jdk || fail 2 "no JDK 17 or newer was found; set JAVA_HOME"
}

# need WORDS PACKAGE...: installs the packages, or says what to type.
need() {
  local words=$1
  shift
  (($# > 0)) || return 0
  if may_install && apt_install "$@"; then
    return 0
  fi
  fail 2 "$words; type: sudo apt-get install $*"
}
