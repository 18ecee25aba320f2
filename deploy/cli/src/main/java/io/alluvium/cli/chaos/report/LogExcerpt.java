package io.alluvium.cli.chaos.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Of the logs of our own programs what tells of starts, warnings and steps that were taken back.
 */
public final class LogExcerpt {
  private static final Pattern TELLING =
      Pattern.compile(
          "^--- start of .*|^\\S+ (WARN|ERROR) .*|.*nothing committed.*|.* new session.*");
  private static final Pattern OURS = Pattern.compile("(streams-app|trainer-).*\\.log");

  /** What it warns of is that a broker is away, ten times a second. */
  private static final String AWAY = "NetworkClient";

  private static final int LINES = 60;
  private static final int WIDTH = 240;

  private LogExcerpt() {}

  /**
   * The last such lines of each program, in the order of the programs' names.
   *
   * @param logs folder of the logs
   * @throws UncheckedIOException when it cannot be read
   */
  public static List<String> of(Path logs) {
    try (Stream<Path> files = Files.list(logs)) {
      return files
          .filter(file -> OURS.matcher(file.getFileName().toString()).matches())
          .sorted()
          .flatMap(file -> telling(file).stream())
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> telling(Path file) {
    String name = file.getFileName().toString().replace(".log", "");
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      List<String> telling =
          lines
              .filter(line -> TELLING.matcher(line).matches() && !line.contains(AWAY))
              .map(line -> name + ": " + line.substring(0, Math.min(WIDTH, line.length())))
              .toList();
      return telling.subList(Math.max(0, telling.size() - LINES), telling.size());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
