package io.alluvium.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Real news, titles only, as the stages before the worker would hand them on. */
public final class NewsExamples {
  private static final ObjectMapper JSON = new ObjectMapper();

  private NewsExamples() {}

  public static List<TrainingExample> read(String adapter, int from, int count) throws IOException {
    List<TrainingExample> examples = new ArrayList<>();
    List<String> lines = Files.readAllLines(Requirement.shared("data/streams/agnews.jsonl"));
    for (int line = from; line < from + count; line++) {
      JsonNode node = JSON.readTree(lines.get(line));
      examples.add(
          TrainingExample.newBuilder()
              .setId("news-" + line)
              .setAdapter(adapter)
              .setPrompt(node.get("prompt").asText().lines().findFirst().orElseThrow() + "\nTopic:")
              .setCompletion(node.get("completion").asText())
              .setEventTime(Instant.now())
              .build());
    }
    return examples;
  }

  public static List<WeightedExample> weighted(String adapter, int from, int count)
      throws IOException {
    return read(adapter, from, count).stream().map(NewsExamples::weighted).toList();
  }

  public static WeightedExample weighted(TrainingExample example) {
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(example)
                .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
                .setBaseDigest("0".repeat(64))
                .setPromptTokens(40)
                .setResponseTokens(10)
                .setBaseLoss(5.0)
                .setScorerVersion("test")
                .setScoredAt(Instant.now())
                .build())
        .setWeight(1.0)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(Instant.now())
        .build();
  }
}
