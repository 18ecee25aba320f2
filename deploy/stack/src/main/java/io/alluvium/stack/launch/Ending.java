package io.alluvium.stack.launch;

import io.alluvium.stack.process.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How a process ended.
 *
 * @param code its exit code; empty where nobody was told
 * @param reason one line for a person
 */
public record Ending(OptionalInt code, String reason) {
  /** Of the project's programs: something that only a person can put right. */
  private static final int CONFIGURATION = 2;

  /** Of the project's programs: something else does not answer, or is full. */
  private static final int DEPENDENCY = 3;

  /** Above it stands the signal that ended the process. */
  private static final int SIGNAL = 128;

  private static final int KILL = 9;

  /** The code is written when the process is already gone. */
  private static final Duration TOLD_WITHIN = Duration.ofSeconds(1);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  /**
   * How a process that is gone ended.
   *
   * @param folder where processes live
   * @param name what people call it
   */
  public static Ending of(ProcessFolder folder, String name) {
    OptionalInt code = awaitCode(folder.exit(name));
    return new Ending(code, words(code, folder.log(name)));
  }

  /** Whether starting it again as it was can not help. */
  public boolean isConfiguration() {
    return code.equals(OptionalInt.of(CONFIGURATION));
  }

  /** Whether it ended because of something else, which may come back at any time. */
  public boolean isDependency() {
    return code.equals(OptionalInt.of(DEPENDENCY));
  }

  private static String words(OptionalInt code, Path log) {
    if (code.isEmpty()) {
      return "no exit code known: " + LogTail.reason(log);
    }
    int signal = code.getAsInt() - SIGNAL;
    if (signal == KILL) {
      return "killed (signal 9)";
    }
    return (signal > 0 ? "signal " + signal : "exit code " + code.getAsInt())
        + ": "
        + LogTail.reason(log);
  }

  private static OptionalInt awaitCode(Path file) {
    long deadlineNs = System.nanoTime() + TOLD_WITHIN.toNanos();
    OptionalInt code = code(file);
    while (code.isEmpty() && System.nanoTime() < deadlineNs) {
      Pause.of(LOOK_EVERY);
      code = code(file);
    }
    return code;
  }

  private static OptionalInt code(Path file) {
    try {
      String text = Files.readString(file);
      return text.endsWith("\n")
          ? OptionalInt.of(Integer.parseInt(text.strip()))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException untold) {
      return OptionalInt.empty();
    }
  }
}
