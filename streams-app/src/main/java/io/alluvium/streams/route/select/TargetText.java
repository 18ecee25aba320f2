package io.alluvium.streams.route.select;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.novelty.text.NgramTable;
import io.alluvium.streams.novelty.text.TextFeatures;
import java.time.Instant;
import java.util.List;

/** The texts that selection aims at, as counts of n-grams. For one thread at a time. */
public final class TargetText {
  private final TextFeatures words = new TextFeatures();
  private final NgramTable counts = new NgramTable(Integer.MAX_VALUE);

  /** Counts these texts. */
  public TargetText(List<String> texts) {
    texts.forEach(text -> counts.learn(words.of(asExample(text))));
  }

  /** Mean surprise of an example's words under the target, nats per n-gram. */
  double surprise(TrainingExample example) {
    return counts.surprise(words.of(example));
  }

  private static TrainingExample asExample(String text) {
    return TrainingExample.newBuilder()
        .setId("target")
        .setAdapter("target")
        .setCompletion(text)
        .setEventTime(Instant.EPOCH)
        .build();
  }
}
