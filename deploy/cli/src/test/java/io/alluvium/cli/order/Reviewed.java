package io.alluvium.cli.order;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;

/** Examples as they are put to review. */
final class Reviewed {
  static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private Reviewed() {}

  static WeightedExample example(String adapter, String id, String subject) {
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(
                    TrainingExample.newBuilder()
                        .setId(id)
                        .setAdapter(adapter)
                        .setPrompt("What is " + id + "?")
                        .setCompletion(
                            " Nobody knows,\n and it takes long to say so politely to all.")
                        .setEventTime(TIME)
                        .setSubject(subject)
                        .build())
                .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
                .setBaseDigest("b1")
                .setPromptTokens(4)
                .setResponseTokens(9)
                .setBaseLoss(7.25)
                .setScorerVersion("test")
                .setScoredAt(TIME)
                .build())
        .setWeight(0)
        .setPolicyVersion("flow/1")
        .setWeighedAt(TIME)
        .build();
  }
}
