package io.alluvium.cli.bench.domains.exam;

import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.produce.line.ExampleLines;
import io.alluvium.cli.produce.line.ParsedLine;
import io.alluvium.cli.produce.shape.Shape;
import io.alluvium.cli.produce.shape.Shaping;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.line.Line;
import io.alluvium.trainer.line.LineSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A domain's examples.
 *
 * @param name the file's, without its ending
 * @param sent those to learn from, the file's first ones
 * @param heldBack those to measure on, the file's last ones
 */
public record Material(String name, List<TrainingExample> sent, List<TrainingExample> heldBack) {
  /**
   * How many.
   *
   * @param sent to learn from
   * @param heldBack to measure on
   */
  public record Size(int sent, int heldBack) {}

  /**
   * Reads lines as {@code produce} takes them; ids say file and line, so that none is missed.
   *
   * @throws CommandException (usage) when the file cannot be read or has too few lines
   */
  public static Material read(Path file, String adapter, Size size) {
    List<Line> lines = lines(file);
    if (lines.size() < size.sent() + size.heldBack()) {
      throw CommandException.usage(
          "%s has %d lines, %d to send and %d to hold back were asked for: lower --records"
              .formatted(file, lines.size(), size.sent(), size.heldBack()));
    }
    String name = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
    ExampleLines parser = new ExampleLines(adapter, new Shaping(Shape.auto, note -> {}));
    List<TrainingExample> all = new ArrayList<>();
    for (Line line : lines) {
      String id = "%s-%06d".formatted(name, line.number());
      all.add(TrainingExample.newBuilder(example(parser, line, id)).setId(id).build());
    }
    return new Material(
        name, all.subList(0, size.sent()), all.subList(all.size() - size.heldBack(), all.size()));
  }

  private static TrainingExample example(ExampleLines parser, Line line, String id) {
    ParsedLine parsed = parser.parse(line, Instant.now());
    if (parsed instanceof ParsedLine.Example example) {
      return example.value();
    }
    String reason = parsed instanceof ParsedLine.Malformed malformed ? malformed.reason() : "";
    throw CommandException.usage("%s: %s; correct the line".formatted(id, reason));
  }

  private static List<Line> lines(Path file) {
    try (LineSource lines = new LineSource(Files.newInputStream(file))) {
      return lines.all();
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a file of JSON lines in UTF-8"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }
}
