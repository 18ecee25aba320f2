package io.alluvium.streams.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topics;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasureTest {
  private static final KeptExample KEPT =
      new KeptExample(0, 1, 0, StableHash.of("e7"), StableHash.of("ann"), 2, 41, 1_000);

  @ParameterizedTest
  @CsvSource({
    "subject:ann, true",
    "subject:bob, false",
    "id:e7, true",
    "id:e8, false",
    "offsets:2:41-42, true",
    "offsets:2:0-41, false",
    "offsets:1:41-42, false",
    "accepted:0:0-1, true",
    "accepted:0:1-9, false",
    "accepted:1:0-1, false"
  })
  void anArgumentNamesWhatGoes(String argument, boolean goes) {
    assertThat(means(order(Command.ERASE, argument, 1_000), KEPT, scored(2_000, 2_000)))
        .isEqualTo(goes);
  }

  @ParameterizedTest
  @CsvSource({
    "999, 2000, 2000, true",
    "1000, 2000, 2000, true",
    "1001, 2000, 2000, false",
    "1001, 1000, 2000, true",
    "1001, 2000, 1000, true",
    "1209601000, 2000, 1000, true",
    "1209601001, 2000, 1000, false"
  })
  void meantIsWhatWasThereBeforeTheOrderByLogScoringOrEvent(
      long logTimeMs, long scoredMs, long eventMs, boolean goes) {
    KeptExample kept = new KeptExample(0, 1, 0, StableHash.of("e7"), 0, 2, 41, logTimeMs);
    assertThat(means(order(Command.ERASE, "id:e7", 1_000), kept, scored(scoredMs, eventMs)))
        .isEqualTo(goes);
  }

  @Test
  void anExampleCanBeUnderWayForAsLongAsTheTopicsBeforeTheScorerKeepIt() {
    Topics topics = new Topics("", 1);
    long kept =
        Stream.of(topics.examples(), topics.accepted())
            .mapToLong(topic -> Long.parseLong(topic.retention().topicConfig().get("retention.ms")))
            .sum();
    assertThat(Erasure.UNDER_WAY.toMillis()).isEqualTo(kept);
  }

  private static boolean means(AdapterCommand order, KeptExample kept, ScoredExample scored) {
    return Erasure.of(order).orElseThrow().means(kept, () -> scored);
  }

  private static ScoredExample scored(long scoredMs, long eventMs) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId("e7")
            .setAdapter("a")
            .setCompletion("b")
            .setEventTime(Instant.ofEpochMilli(eventMs))
            .build();
    return ScoredExample.newBuilder()
        .setExample(example)
        .setOrigin(new RecordOrigin("examples.accepted", 0, 0L))
        .setBaseDigest("b0")
        .setPromptTokens(1)
        .setResponseTokens(1)
        .setBaseLoss(1)
        .setScorerVersion("test")
        .setScoredAt(Instant.ofEpochMilli(scoredMs))
        .build();
  }

  @Test
  void otherOrdersAndOtherFormsMeanNothing() {
    assertThat(Erasure.of(order(Command.PAUSE, "id:e7", 1_000))).isEmpty();
    assertThat(Erasure.of(order(Command.ERASE, "offsets:2:x", 1_000))).isEmpty();
    assertThat(Erasure.of(order(Command.ERASE, "everything", 1_000))).isEmpty();
  }

  private static AdapterCommand order(Command command, String argument, long issuedMs) {
    return new AdapterCommand(
        "1", "a", command, null, argument, "test", Instant.ofEpochMilli(issuedMs), null);
  }
}
