package io.alluvium.stack.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

/** Why a process ended, as far as its log says. */
public final class LogTail {
  private static final int TAIL_BYTES = 16 * 1024;
  private static final Pattern TROUBLE =
      Pattern.compile("\\b(FATAL|ERROR|Error|[A-Za-z.]*Exception)\\b");

  private static final String MARK = "--- start of ";

  private LogTail() {}

  /** Separates one run from the one before it. */
  static void mark(Path log, String name) throws IOException {
    String line = MARK + name + ", " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * The line that says most, followed by where the log is.
   *
   * @param log the log file
   */
  public static String reason(Path log) {
    List<String> lines = ofLastRun(lines(log));
    String last = lines.isEmpty() ? "it wrote nothing" : lines.get(lines.size() - 1);
    String telling =
        lines.stream()
            .filter(line -> TROUBLE.matcher(line).find() && !line.strip().startsWith("at "))
            .reduce((first, second) -> second)
            .orElse(last);
    return telling.strip() + " (log: " + log + ")";
  }

  private static List<String> ofLastRun(List<String> lines) {
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      from = lines.get(i).startsWith(MARK) ? i + 1 : from;
    }
    return lines.subList(from, lines.size()).stream().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> lines(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - TAIL_BYTES));
      byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
      file.readFully(tail);
      return new String(tail, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
