package io.alluvium.trainer.score.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples on which a tensor call fails, among others on which it does not. */
class IsolationFaultTest {
  private static final int[] SOUND = {3, 4, 5, 6};
  private static final int[] BEYOND = {3, 4, 9_999, 6};

  private final Decoder decoder;
  private final Scorer scorer;
  private final Isolation isolation;

  IsolationFaultTest(@TempDir Path folder) throws IOException {
    Path base = TinyModel.write(folder.resolve("base"), TinyModel.MISTRAL, 5);
    this.decoder = Decoder.open(HfFolder.open(base), new EngineOptions(1, 32));
    this.scorer =
        new Scorer(
            decoder,
            new Scorer.Identity("d", "test", true),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    this.isolation = new Isolation(scorer::score, this::check);
  }

  @AfterEach
  void close() {
    scorer.close();
    decoder.close();
  }

  @Test
  void aTokenThatTheEngineHasNoRowForCostsItsExampleAlone() {
    List<Scored> scored =
        isolation.score(
            IntStream.range(0, 9)
                .mapToObj(n -> request(n, n == 2 || n == 7 ? BEYOND : SOUND, null))
                .toList());
    for (int n = 0; n < scored.size(); n++) {
      if (n == 2 || n == 7) {
        assertThat(refusal(scored.get(n)).reason()).isEqualTo(Reason.UNSCORABLE);
        assertThat(refusal(scored.get(n)).detail())
            .startsWith("the tensor engine fails on it: EngineException: ");
      } else {
        assertThat(example(scored.get(n)).getExample().getId()).isEqualTo("id-" + n);
        assertThat(example(scored.get(n)).getBaseLoss()).isPositive();
      }
    }
  }

  @Test
  void whatIsThrownDoesNotMatter() {
    for (Throwable thrown :
        List.of(
            new IllegalArgumentException("a shape"),
            new NoClassDefFoundError("org/absent/Library"),
            new StackOverflowError())) {
      Isolation failing = new Isolation(throwing(thrown), this::check);
      List<Scored> scored =
          failing.score(List.of(request(0, SOUND, null), request(1, BEYOND, null)));
      assertThat(scored.get(0)).isInstanceOf(Scored.Measured.class);
      assertThat(refusal(scored.get(1)).detail())
          .contains("fails on it: " + thrown.getClass().getSimpleName());
    }
  }

  @Test
  void anEngineThatWorksNoMoreIsNoFaultOfTheExample() {
    decoder.close();
    assertThatThrownBy(
            () -> isolation.score(List.of(request(0, SOUND, null), request(1, SOUND, null))))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Without a folder to read the scorer does without; here it is the tensor call that fails. */
  @Test
  void anAdapterThatCannotBeScoredWithLeavesTheBasesLoss() {
    Isolation failing =
        new Isolation(
            requests -> {
              if (requests.stream().anyMatch(request -> request.adapter() != null)) {
                throw new IllegalStateException("this adapter");
              }
              return scorer.score(requests);
            },
            this::check);
    List<Scored> scored =
        failing.score(
            List.of(request(0, SOUND, new Current(3, "file:///x")), request(1, SOUND, null)));
    assertThat(example(scored.get(0)).getBaseLoss()).isPositive();
    assertThat(example(scored.get(0)).getAdapterVersion()).isNull();
    assertThat(example(scored.get(1)).getBaseLoss()).isPositive();
  }

  private Isolation.Scoring throwing(Throwable thrown) {
    return requests -> {
      if (requests.stream().anyMatch(request -> request.tokens().ids() == BEYOND)) {
        if (thrown instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) thrown;
      }
      return scorer.score(requests);
    };
  }

  private void check() {
    decoder.score(List.of(new TokenSequence(SOUND, 2)), null);
  }

  private static Refusal refusal(Scored scored) {
    return ((Scored.Unscorable) scored).refusal();
  }

  private static ScoredExample example(Scored scored) {
    return ((Scored.Measured) scored).example();
  }

  private static ScoreRequest request(int number, int[] ids, @Nullable Current adapter) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId("id-" + number)
            .setAdapter("a")
            .setPrompt("p")
            .setCompletion("c")
            .setEventTime(Instant.EPOCH)
            .build();
    return new ScoreRequest(
        example, new RecordOrigin("t", 0, 0L), new TokenSequence(ids, 2), adapter);
  }
}
