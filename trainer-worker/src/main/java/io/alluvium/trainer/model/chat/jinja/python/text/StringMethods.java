package io.alluvium.trainer.model.chat.jinja.python.text;

import static java.util.Map.entry;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Bound;
import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.character.Characters;
import io.alluvium.trainer.model.chat.jinja.python.operate.Slices;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** The methods of Python's {@code str}, but for {@code format} and {@code format_map}. */
public final class StringMethods {
  private static final Map<String, Method> METHODS =
      Map.ofEntries(
          entry("strip", (s, a) -> strip("strip", s, a)),
          entry("lstrip", (s, a) -> strip("lstrip", s, a)),
          entry("rstrip", (s, a) -> strip("rstrip", s, a)),
          entry("upper", (s, a) -> none("upper", a, Cases.upper(s))),
          entry("lower", (s, a) -> none("lower", a, Cases.lower(s))),
          entry("casefold", (s, a) -> none("casefold", a, Cases.fold(s))),
          entry("title", (s, a) -> none("title", a, Cases.title(s))),
          entry("capitalize", (s, a) -> none("capitalize", a, Cases.capitalize(s))),
          entry("swapcase", (s, a) -> none("swapcase", a, Cases.swap(s))),
          entry("isdigit", (s, a) -> none("isdigit", a, Cases.digits(s))),
          entry("isdecimal", (s, a) -> none("isdecimal", a, Cases.decimals(s))),
          entry("isnumeric", (s, a) -> none("isnumeric", a, Cases.numeric(s))),
          entry("isalpha", (s, a) -> none("isalpha", a, Cases.letters(s))),
          entry("isalnum", (s, a) -> none("isalnum", a, Cases.alphanumeric(s))),
          entry("isascii", (s, a) -> none("isascii", a, s.chars().allMatch(c -> c < 128))),
          entry("isspace", (s, a) -> none("isspace", a, Cases.all(s, Characters::space))),
          entry("isupper", (s, a) -> none("isupper", a, Cases.upperCased(s))),
          entry("islower", (s, a) -> none("islower", a, Cases.lowerCased(s))),
          entry("istitle", (s, a) -> none("istitle", a, Cases.titleCased(s))),
          entry(
              "isprintable",
              (s, a) -> none("isprintable", a, s.codePoints().allMatch(Characters::printable))),
          entry("split", (s, a) -> split("split", s, a)),
          entry("rsplit", (s, a) -> split("rsplit", s, a)),
          entry("splitlines", StringMethods::splitLines),
          entry("partition", StringMethods::partition),
          entry("rpartition", StringMethods::partitionRight),
          entry("join", StringMethods::join),
          entry("replace", StringMethods::replace),
          entry("removeprefix", StringMethods::removePrefix),
          entry("removesuffix", StringMethods::removeSuffix),
          entry("startswith", (s, a) -> affix("startswith", s, a, String::startsWith)),
          entry("endswith", (s, a) -> affix("endswith", s, a, String::endsWith)),
          entry("find", (s, a) -> find("find", s, a)),
          entry("rfind", (s, a) -> find("rfind", s, a)),
          entry("index", (s, a) -> index("index", s, a)),
          entry("rindex", (s, a) -> index("rindex", s, a)),
          entry("count", StringMethods::count),
          entry("zfill", StringMethods::zeroFill),
          entry("ljust", (s, a) -> justify("ljust", s, a)),
          entry("rjust", (s, a) -> justify("rjust", s, a)),
          entry("center", (s, a) -> justify("center", s, a)),
          entry("expandtabs", StringMethods::expandTabs));

  private StringMethods() {}

  /** One method. */
  @FunctionalInterface
  public interface Method {
    /** Calls it on a text. */
    Object call(String self, Arguments arguments);
  }

  /** A method by its name. */
  public static Optional<Method> find(String name) {
    return Optional.ofNullable(METHODS.get(name));
  }

  private static Object none(String name, Arguments arguments, Object result) {
    arguments.bind(name + "()");
    return result;
  }

  private static String strip(String name, String self, Arguments arguments) {
    Bound bound = arguments.bind(name + "()", "/chars?");
    return strip(self, bound.someText(0), !name.equals("rstrip"), !name.equals("lstrip"));
  }

  /** As {@code self.strip(characters)}. */
  public static String strip(String self, Optional<String> characters) {
    return strip(self, characters, true, true);
  }

  private static String strip(
      String self, Optional<String> characters, boolean left, boolean right) {
    int from = 0;
    int to = self.length();
    while (left && from < to && goes(self.codePointAt(from), characters)) {
      from += Character.charCount(self.codePointAt(from));
    }
    while (right && to > from && goes(self.codePointBefore(to), characters)) {
      to -= Character.charCount(self.codePointBefore(to));
    }
    return self.substring(from, to);
  }

  private static boolean goes(int c, Optional<String> characters) {
    return characters.map(set -> set.indexOf(c) >= 0).orElseGet(() -> Characters.space(c));
  }

  private static List<Object> split(String name, String self, Arguments arguments) {
    Bound bound = arguments.bind(name + "()", "sep?", "maxsplit?");
    Splitting splitting = new Splitting(self, bound.integer(1, -1));
    boolean right = name.equals("rsplit");
    Optional<String> separator = bound.someText(0);
    if (separator.isEmpty()) {
      return right ? splitting.wordsFromRight() : splitting.words();
    }
    if (separator.get().isEmpty()) {
      throw new PythonError("empty separator");
    }
    return right ? splitting.atFromRight(separator.get()) : splitting.at(separator.get());
  }

  private static Object splitLines(String self, Arguments arguments) {
    return Splitting.lines(self, arguments.bind("splitlines()", "keepends?").truth(0));
  }

  private static Object partition(String self, Arguments arguments) {
    String separator = separator("partition", arguments);
    int at = self.indexOf(separator);
    return at < 0 ? Tuple.of(self, "", "") : around(self, at, separator);
  }

  private static Object partitionRight(String self, Arguments arguments) {
    String separator = separator("rpartition", arguments);
    int at = self.lastIndexOf(separator);
    return at < 0 ? Tuple.of("", "", self) : around(self, at, separator);
  }

  private static String separator(String name, Arguments arguments) {
    String separator = arguments.bind(name + "()", "/sep").text(0);
    if (separator.isEmpty()) {
      throw new PythonError("empty separator");
    }
    return separator;
  }

  private static Tuple around(String self, int at, String separator) {
    return Tuple.of(self.substring(0, at), separator, self.substring(at + separator.length()));
  }

  private static Object join(String self, Arguments arguments) {
    BoundedText text = new BoundedText();
    Iterator<Object> each = Types.iterate(arguments.bind("join()", "/iterable").get(0));
    for (int n = 0; each.hasNext(); n++) {
      Object part = each.next();
      int at = n;
      text.add(n == 0 ? "" : self)
          .add(
              Types.text(part)
                  .orElseThrow(
                      () ->
                          new PythonError(
                              "sequence item %d: expected str instance, %s found"
                                  .formatted(at, Types.name(part)))));
    }
    return text.toString();
  }

  private static Object replace(String self, Arguments arguments) {
    Bound bound = arguments.bind("replace()", "/old", "/new", "/count?");
    return replace(self, bound.text(0), bound.text(1), bound.integer(2, -1));
  }

  /** As {@code self.replace(old, new, count)}; a negative count replaces all. */
  public static String replace(String self, String old, String by, int count) {
    BoundedText text = new BoundedText();
    int from = 0;
    int left = count < 0 ? Integer.MAX_VALUE : count;
    if (old.isEmpty()) {
      return insert(self, by, left);
    }
    for (int at = self.indexOf(old); at >= 0 && left > 0; at = self.indexOf(old, from)) {
      text.add(self.substring(from, at)).add(by);
      from = at + old.length();
      left--;
    }
    return text.add(self.substring(from)).toString();
  }

  private static String insert(String self, String by, int count) {
    BoundedText text = new BoundedText();
    int left = count;
    for (Object character : Types.characters(self)) {
      text.add(left > 0 ? by : "").add(Repr.str(character));
      left--;
    }
    return text.add(left > 0 ? by : "").toString();
  }

  private static Object removePrefix(String self, Arguments arguments) {
    String prefix = arguments.bind("removeprefix()", "/prefix").text(0);
    return self.startsWith(prefix) ? self.substring(prefix.length()) : self;
  }

  private static Object removeSuffix(String self, Arguments arguments) {
    String suffix = arguments.bind("removesuffix()", "/suffix").text(0);
    return self.endsWith(suffix) ? self.substring(0, self.length() - suffix.length()) : self;
  }

  private static Object affix(
      String name, String self, Arguments arguments, BiPredicate<String, String> has) {
    Bound bound = arguments.bind(name + "()", "/affix", "/start?", "/end?");
    List<Object> affixes =
        bound.get(0) instanceof Tuple tuple ? tuple.items() : List.of(bound.get(0));
    Optional<String> part = part(self, bound);
    for (Object affix : affixes) {
      String wanted =
          Types.text(affix)
              .orElseThrow(
                  () ->
                      new PythonError(
                          "%s first arg must be str or a tuple of str, not %s"
                              .formatted(name, Types.name(affix))));
      if (part.isPresent() && has.test(part.get(), wanted)) {
        return true;
      }
    }
    return false;
  }

  /** The part between arguments 1 and 2; empty where the start lies beyond the end. */
  private static Optional<String> part(String self, Bound bound) {
    int size = self.codePointCount(0, self.length());
    int start = bound.some(1).isEmpty() ? 0 : bound.integer(1);
    if (start > size) {
      return Optional.empty();
    }
    return Optional.of(
        Repr.str(Slices.slice(self, bound.get(1, None.NONE), bound.get(2, None.NONE), None.NONE)));
  }

  private static BigInteger find(String name, String self, Arguments arguments) {
    Bound bound = arguments.bind(name + "()", "/sub", "/start?", "/end?");
    Optional<String> part = part(self, bound);
    int at =
        part.map(
                p -> name.startsWith("r") ? p.lastIndexOf(bound.text(0)) : p.indexOf(bound.text(0)))
            .orElse(-1);
    return BigInteger.valueOf(at < 0 ? -1 : start(self, bound) + part.get().codePointCount(0, at));
  }

  private static int start(String self, Bound bound) {
    int size = self.codePointCount(0, self.length());
    int start = bound.some(1).isEmpty() ? 0 : bound.integer(1);
    return start < 0 ? Math.max(0, start + size) : start;
  }

  private static BigInteger index(String name, String self, Arguments arguments) {
    BigInteger at = find(name.replace("index", "find"), self, arguments);
    if (at.signum() < 0) {
      throw new PythonError("substring not found");
    }
    return at;
  }

  private static Object count(String self, Arguments arguments) {
    Bound bound = arguments.bind("count()", "/sub", "/start?", "/end?");
    String wanted = bound.text(0);
    String part = part(self, bound).orElse("");
    if (wanted.isEmpty()) {
      return BigInteger.valueOf(
          part(self, bound).isEmpty() ? 0 : part.codePointCount(0, part.length()) + 1);
    }
    long count = 0;
    for (int at = part.indexOf(wanted); at >= 0; at = part.indexOf(wanted, at + wanted.length())) {
      count++;
    }
    return BigInteger.valueOf(count);
  }

  private static Object zeroFill(String self, Arguments arguments) {
    int width = arguments.bind("zfill()", "/width").integer(0);
    boolean signed = self.startsWith("-") || self.startsWith("+");
    String sign = signed ? self.substring(0, 1) : "";
    int missing = width - self.codePointCount(0, self.length());
    return new BoundedText()
        .add(sign)
        .add("0", missing)
        .add(self.substring(sign.length()))
        .toString();
  }

  private static Object justify(String name, String self, Arguments arguments) {
    Bound bound = arguments.bind(name + "()", "/width", "/fillchar?");
    String fill = bound.given(1).isPresent() ? bound.text(1) : " ";
    if (fill.codePointCount(0, fill.length()) != 1) {
      throw new PythonError("The fill character must be exactly one character long");
    }
    int width = bound.integer(0);
    int missing = Math.max(0, width - self.codePointCount(0, self.length()));
    int left =
        switch (name) {
          case "ljust" -> 0;
          case "rjust" -> missing;
          default -> missing / 2 + (missing & width & 1);
        };
    return new BoundedText().add(fill, left).add(self).add(fill, (long) missing - left).toString();
  }

  private static Object expandTabs(String self, Arguments arguments) {
    int size = arguments.bind("expandtabs()", "tabsize?").integer(0, 8);
    BoundedText text = new BoundedText();
    int column = 0;
    for (Object each : Types.characters(self)) {
      String character = Repr.str(each);
      boolean tab = character.equals("\t");
      int wide = tab ? (size > 0 ? size - column % size : 0) : 1;
      text.add(tab ? " " : character, tab ? wide : 1);
      column = character.equals("\n") || character.equals("\r") ? 0 : column + wide;
    }
    return text.toString();
  }

  /** As {@code self.splitlines()}. */
  public static List<Object> lines(String self) {
    return Splitting.lines(self, false);
  }

  /** As {@code self.split()}. */
  public static List<String> words(String self) {
    return new Splitting(self, -1).words().stream().map(Repr::str).toList();
  }
}
