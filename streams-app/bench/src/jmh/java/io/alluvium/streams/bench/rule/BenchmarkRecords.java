package io.alluvium.streams.bench.rule;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.bench.planted.stream.Planted;
import io.alluvium.streams.bench.planted.stream.PlantedStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Records of a planted stream, cut and joined to size. */
public final class BenchmarkRecords {
  /** How many. */
  public static final int COUNT = 1024;

  private static final PlantedStream.Stream STREAM = PlantedStream.of(1, 6000);
  private static final int DIFFERENT = 100;

  private BenchmarkRecords() {}

  /** Items of a suite. */
  public static Iterable<SuiteItem> suite() {
    return STREAM.suite();
  }

  /** Examples with so many characters in prompt and completion together. */
  public static List<TrainingExample> of(int characters) {
    List<TrainingExample> examples = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Planted record : STREAM.records()) {
      text.append(record.example().getCompletion()).append(' ');
      if (text.length() >= characters && examples.size() < COUNT) {
        String whole = text.substring(0, characters);
        examples.add(
            TrainingExample.newBuilder(record.example())
                .setPrompt(whole.substring(0, characters / 4))
                .setCompletion(whole.substring(characters / 4))
                .setEventTime(Instant.EPOCH.plusSeconds(5))
                .build());
        text.setLength(0);
      }
    }
    while (examples.size() < COUNT) {
      examples.add(examples.get(examples.size() % DIFFERENT));
    }
    return examples;
  }
}
