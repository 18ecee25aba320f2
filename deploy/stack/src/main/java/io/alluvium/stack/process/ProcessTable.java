package io.alluvium.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the operating system says about a process number.
 *
 * <p>Linux is read directly: a start in clock ticks since boot does not move when the wall clock is
 * set, and a finished process that nobody collected (usual in containers) is not taken for a living
 * one. Elsewhere the JDK's own view has to do.
 */
final class ProcessTable {
  private static final int STATE_FIELD = 0;
  private static final int START_FIELD = 19;

  private ProcessTable() {}

  /** When the process began, in a unit of this machine; empty when there is no living process. */
  static Optional<Long> start(long pid) {
    return linux() ? startTicks(pid) : startMillis(pid);
  }

  private static boolean linux() {
    return Files.isReadable(Path.of("/proc/self/stat"));
  }

  private static Optional<Long> startTicks(long pid) {
    try {
      String line =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      // The program's name stands in brackets and may itself contain brackets and blanks.
      String[] fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
      return finished(pid, fields[STATE_FIELD])
          ? Optional.empty()
          : Optional.of(Long.parseLong(fields[START_FIELD]));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  /** Its first thread may be done while others still hold its ports and files. */
  private static boolean finished(long pid, String state) throws IOException {
    if (!"ZX".contains(state)) {
      return false;
    }
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
      return threads.count() <= 1;
    }
  }

  private static Optional<Long> startMillis(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .map(Instant::toEpochMilli);
  }
}
