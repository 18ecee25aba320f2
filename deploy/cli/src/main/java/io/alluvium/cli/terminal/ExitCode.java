package io.alluvium.cli.terminal;

/** How a command can end; the same codes in every program of the project. */
public enum ExitCode {
  /** Everything was done. */
  OK(0),
  /** Something failed, or a part of the input was refused. */
  FAILED(1),
  /** The command line or a configuration is wrong. */
  USAGE(2),
  /** A broker, a registry or a process does not answer. */
  UNREACHABLE(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number given to the operating system. */
  public int code() {
    return code;
  }
}
