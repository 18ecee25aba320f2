package io.alluvium.streams.bench.planted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.secret.SecretKind;
import io.alluvium.streams.bench.planted.outcome.Row;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.rehearse.Rehearsal;
import io.alluvium.streams.rehearse.RehearsalInput;
import io.alluvium.streams.rehearse.RehearsalResult.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Real texts, in which nothing was planted: what admission and de-duplication do with them. */
final class RealTexts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StreamsAppConfig CONFIG = StreamsAppConfig.byDefault();
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  private RealTexts() {}

  /** A row for each file and reason; a file is an adapter. */
  static List<Row> refused(List<Path> files, Path stateDir) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (Rehearsal rehearsal = new Rehearsal(CONFIG, List.of(), stateDir)) {
      for (Path file : files) {
        rows.addAll(refused(file, rehearsal));
      }
    }
    return rows;
  }

  private static List<Row> refused(Path file, Rehearsal rehearsal) throws IOException {
    String name = file.getFileName().toString().replaceFirst("\\.jsonl$", "");
    Map<String, Integer> reasons = new TreeMap<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      TrainingExample example = example(name, i, JSON.readTree(lines.get(i)));
      RehearsalInput input =
          new RehearsalInput(
              CONFIG.topics().examples().name(), name, example.getEventTime(), example);
      reasons.merge(fate(rehearsal.play(input).written().get(0)), 1, Integer::sum);
    }
    return reasons.entrySet().stream()
        .<Row>map(one -> new Row.Text(name, lines.size(), one.getKey(), one.getValue()))
        .toList();
  }

  private static TrainingExample example(String adapter, int number, JsonNode line) {
    return TrainingExample.newBuilder()
        .setId(adapter + "-" + number)
        .setAdapter(adapter)
        .setPrompt(line.path("prompt").asText())
        .setCompletion(line.path("completion").asText())
        .setEventTime(START.plusMillis(number))
        .build();
  }

  private static String fate(Written written) {
    if (!written.reason().isEmpty()) {
      return written.reason();
    }
    for (SecretKind kind : SecretKind.values()) {
      if (written.content().contains(kind.mask())) {
        return "masked " + kind;
      }
    }
    return "admitted";
  }
}
