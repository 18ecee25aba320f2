package io.alluvium.trainer.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.pretrain.corpus.Mixture;
import io.alluvium.trainer.pretrain.folder.ModelShape;
import io.alluvium.trainer.pretrain.learn.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
  private static final ModelShape MICRO = new ModelShape(32, 2, 2, 64, 128);

  @Test
  void twentyStepsOfAMicroModelLowerTheLossAndLeaveAReadableFolder(@TempDir Path temp)
      throws IOException {
    Recorder recorder = new Recorder();
    PretrainResult result = Pretraining.run(micro(temp.resolve("a")), recorder);
    assertThat(recorder.losses).hasSize(20);
    assertThat(recorder.losses.get(19)).isLessThan(recorder.losses.get(0) - 0.5);
    assertThat(HfFolder.open(result.folder()).digest()).isEqualTo(result.digest());
    assertThat(result.exactMatch()).isEqualTo(recorder.exactMatch).hasSize(6);
    assertThat(result.folder().resolve("README.md"))
        .content()
        .contains("--steps 20 --seed 3")
        .contains("| facts |");
    assertThat(result.folder().resolve("retention/sort.jsonl")).isNotEmptyFile();
  }

  @Test
  void oneThreadAndOneSeedGiveTheSameBytes(@TempDir Path temp) throws IOException {
    PretrainResult first = Pretraining.run(micro(temp.resolve("a")), new Recorder());
    PretrainResult second = Pretraining.run(micro(temp.resolve("b")), new Recorder());
    assertThat(first.digest()).isEqualTo(second.digest());
  }

  @Test
  void aRunThatWasInterruptedGivesTheBytesOfOneThatWasNot(@TempDir Path temp) throws IOException {
    PretrainResult straight = Pretraining.run(micro(temp.resolve("a")), new Recorder());
    PretrainConfig config = micro(temp.resolve("b"));
    assertThatThrownBy(() -> Pretraining.run(config, new Interrupter()))
        .isInstanceOf(IllegalStateException.class);
    Recorder rest = new Recorder();
    PretrainResult resumed = Pretraining.run(config, rest);
    assertThat(rest.losses).hasSize(20 - 16);
    assertThat(resumed.digest()).isEqualTo(straight.digest());
    assertThat(resumed.tokens()).isEqualTo(straight.tokens());
    assertThat(temp.resolve("b")).isDirectoryNotContaining("glob:**.checkpoint");
  }

  @Test
  void rowsLongerThanTheModelReachesAreRefused(@TempDir Path temp) {
    assertThatThrownBy(
            () ->
                new PretrainConfig(
                    temp,
                    1,
                    1,
                    new ModelShape(32, 1, 1, 64, 64),
                    TrainingPlan.ofSteps(1),
                    Mixture.balanced()))
        .hasMessage("pretrain: rowTokens is 96, must not exceed the model's positions, 64");
  }

  private static PretrainConfig micro(Path out) {
    TrainingPlan plan = new TrainingPlan(20, 4, 96, 1e-2, 5, 0.1, 8);
    return new PretrainConfig(out, 3, 1, MICRO, plan, Mixture.balanced());
  }

  private static final class Recorder implements ProgressListener {
    private final List<Double> losses = new ArrayList<>();
    private Map<String, Double> exactMatch = Map.of();

    @Override
    public void stepped(int step, double loss, long tokens) {
      losses.add(loss);
    }

    @Override
    public void measured(int step, Map<String, Double> exactMatch) {
      this.exactMatch = exactMatch;
    }
  }

  /** Stops a run after its second checkpoint. */
  private static final class Interrupter implements ProgressListener {
    @Override
    public void stepped(int step, double loss, long tokens) {
      if (step == 19) {
        throw new IllegalStateException("pulled the plug");
      }
    }

    @Override
    public void measured(int step, Map<String, Double> exactMatch) {}
  }
}
