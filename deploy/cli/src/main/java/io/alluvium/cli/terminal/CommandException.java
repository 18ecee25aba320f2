package io.alluvium.cli.terminal;

import java.util.Objects;

/** A command cannot go on; the message is one line that names the thing, the value, the remedy. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  private CommandException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  private CommandException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /** What was asked for cannot be done. */
  public static CommandException failed(String message) {
    return new CommandException(ExitCode.FAILED, message);
  }

  /** The same, keeping what was found underneath. */
  public static CommandException failed(String message, Throwable cause) {
    return new CommandException(ExitCode.FAILED, message, cause);
  }

  /**
   * Refuses a command line.
   *
   * @throws CommandException (usage) with the line when it does not hold
   */
  public static void require(boolean holds, String line) {
    if (!holds) {
      throw usage(line);
    }
  }

  /** The command line or a configuration is wrong. */
  public static CommandException usage(String message) {
    return new CommandException(ExitCode.USAGE, message);
  }

  /** The same, keeping what was found underneath. */
  public static CommandException usage(String message, Throwable cause) {
    return new CommandException(ExitCode.USAGE, message, cause);
  }

  /** Something outside does not answer. */
  public static CommandException unreachable(String message, Throwable cause) {
    return new CommandException(ExitCode.UNREACHABLE, message, cause);
  }

  /** Something outside is not there. */
  public static CommandException unreachable(String message) {
    return new CommandException(ExitCode.UNREACHABLE, message);
  }

  /** The one line. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The code this ends the program with. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
