package io.alluvium.trainer.score.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One adapter's artifact is damaged; the others' examples, and its own, are scored all the same.
 */
class ScorerFaultTest {
  private static final String WEIGHTS = "adapter_model.safetensors";

  private final ArtifactStore store;
  private final Decoder decoder;
  private final Scorer scorer;
  private final Current sound;
  private final Current damaged;

  ScorerFaultTest(@TempDir Path folder) throws IOException {
    this.store = ArtifactStore.open(folder.resolve("store").toUri(), "a");
    Path base = TinyModel.write(folder.resolve("base"), TinyModel.MISTRAL, 5);
    this.decoder = Decoder.open(HfFolder.open(base), new EngineOptions(1, 32));
    this.scorer =
        new Scorer(
            decoder,
            new Scorer.Identity("d", "test", false),
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    this.sound = published("sound", 1);
    this.damaged = published("damaged", 2);
  }

  @AfterEach
  void close() {
    store.close();
    scorer.close();
    decoder.close();
  }

  @Test
  void aMissingArtifactLeavesItsAdaptersLossOpenAndScoringGoesOn() throws IOException {
    Files.delete(weights(damaged));
    assertOnlySoundIsMeasured();
  }

  @Test
  void anArtifactThatIsCutShortLeavesItsAdaptersLossOpenAndScoringGoesOn() throws IOException {
    byte[] bytes = Files.readAllBytes(weights(damaged));
    Files.write(weights(damaged), Arrays.copyOf(bytes, bytes.length / 2));
    assertOnlySoundIsMeasured();
  }

  @Test
  void oneFlippedBitIsSeenToo() throws IOException {
    byte[] bytes = Files.readAllBytes(weights(damaged));
    bytes[bytes.length - 1] = (byte) (bytes[bytes.length - 1] ^ 1);
    Files.write(weights(damaged), bytes);
    assertOnlySoundIsMeasured();
  }

  private void assertOnlySoundIsMeasured() throws IOException {
    List<ScoredExample> scored =
        scorer.score(
            List.of(
                request("damaged", damaged), request("sound", sound), request("damaged", damaged)));
    assertThat(scored).extracting(ScoredExample::getBaseLoss).allMatch(loss -> loss > 0);
    assertThat(scored.get(1).getAdapterLoss()).isPositive();
    assertThat(scored.get(1).getAdapterVersion()).isEqualTo(1);
    for (ScoredExample open : List.of(scored.get(0), scored.get(2))) {
      assertThat(open.getAdapterLoss()).isNull();
      assertThat(open.getAdapterVersion()).isNull();
    }
  }

  private Current published(String adapter, long version) throws IOException {
    LoraSpec spec = new LoraSpec(2, 4, List.of("q_proj"));
    try (LoraWeights weights = TinyModel.adapter(TinyModel.MISTRAL, spec, version)) {
      ArtifactStore.Staged staged = store.stage();
      PeftFolder.write(staged.folder(), weights, "tiny");
      Artifact artifact = store.publish(adapter, staged);
      return new Current(version, artifact.getUri());
    }
  }

  private static Path weights(Current adapter) {
    return Path.of(URI.create(adapter.artifactUri())).resolve(WEIGHTS);
  }

  private static ScoreRequest request(String adapter, Current current) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId("id")
            .setAdapter(adapter)
            .setPrompt("p")
            .setCompletion("c")
            .setEventTime(Instant.EPOCH)
            .build();
    return new ScoreRequest(
        example,
        new RecordOrigin("t", 0, 0L),
        new TokenSequence(new int[] {3, 4, 5, 6}, 2),
        current);
  }
}
