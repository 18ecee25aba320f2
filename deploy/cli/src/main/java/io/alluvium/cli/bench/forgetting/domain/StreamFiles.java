package io.alluvium.cli.bench.forgetting.domain;

import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.OldText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Domains and old text that people bring, split into what is learned and what is asked.
 *
 * @param folder where the parts are written
 */
public record StreamFiles(Path folder) {
  /** What is asked of a domain that has no rules and facts of its own. */
  public static final String TEXT = "text";

  private static final double ASKED = 0.1;
  private static final int FEWEST = 20;

  /**
   * The last tenth of a file's lines is asked, the others are learned.
   *
   * @throws IOException when files cannot be read or written
   * @throws IllegalArgumentException when one has too few lines; names it
   */
  public DomainFiles domain(Path file) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.jsonl?$", "");
    List<String> lines = lines(file);
    int asked = (int) (ASKED * lines.size());
    return new DomainFiles(
        name,
        write(name + ".jsonl", lines.subList(0, lines.size() - asked)),
        Map.of(
            TEXT, write(name + "-text.jsonl", lines.subList(lines.size() - asked, lines.size()))));
  }

  /**
   * Every second line is asked, the others are left for arms that may keep old data.
   *
   * @throws IOException when files cannot be read or written
   * @throws IllegalArgumentException when it has too few lines; names it
   */
  public OldText old(Path file) throws IOException {
    List<String> lines = lines(file);
    return new OldText(
        write("old-text.jsonl", everySecond(lines, 0)),
        write("old-anchors.jsonl", everySecond(lines, 1)));
  }

  private static List<String> everySecond(List<String> lines, int first) {
    return IntStream.range(0, lines.size())
        .filter(n -> n % 2 == first)
        .mapToObj(lines::get)
        .toList();
  }

  private static List<String> lines(Path file) throws IOException {
    try (var all = Files.lines(file, StandardCharsets.UTF_8)) {
      List<String> lines = all.filter(line -> !line.isBlank()).toList();
      if (lines.size() < FEWEST) {
        throw new IllegalArgumentException(
            "%s has %d lines, want at least %d".formatted(file, lines.size(), FEWEST));
      }
      return lines;
    }
  }

  private String write(String name, List<String> lines) throws IOException {
    Files.createDirectories(folder);
    return Files.write(folder.resolve(name), lines).toString();
  }
}
