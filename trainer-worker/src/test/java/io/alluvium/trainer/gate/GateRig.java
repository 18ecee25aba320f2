package io.alluvium.trainer.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.GateConfig.Own;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.Exposure;
import io.alluvium.trainer.gate.measure.GateInputs.HeldOutLosses;
import io.alluvium.trainer.gate.measure.GateInputs.Soundness;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What tests of the gate measure by. */
final class GateRig {
  static final List<Path> SUITES = List.of(Path.of("skills.jsonl"));

  private GateRig() {}

  static void assertRefused(Verdict verdict, String reason) {
    assertThat(verdict).isInstanceOf(Verdict.Refuse.class);
    assertThat(verdict.reasons()).anyMatch(line -> line.contains(reason));
  }

  /** Of a candidate that is surely better on held-out examples. */
  static GateInputs better(GateInputs.Own own, List<Exposure> exposures) {
    HeldOutLosses losses = new HeldOutLosses(losses(2.0, 20), jittered(losses(1.0, 20), 0));
    return new GateInputs(losses, 1, List.of(), own, exposures, new Soundness(true, 0));
  }

  static List<Double> losses(double loss, int count) {
    return Collections.nCopies(count, loss);
  }

  /** Each a little different, lower by the gain on average. */
  static List<Double> jittered(List<Double> losses, double gain) {
    Random random = new Random(3);
    return losses.stream().map(loss -> loss - gain + 0.02 * random.nextGaussian()).toList();
  }

  static GateConfig config(LossRule rule, List<Path> suites) {
    return new GateConfig(
        0.1, 8, 0.95, 12, suites, 0.05, 0.1, rule, new Own(128, 0.1, 0.05), null, 0, 0, 1e-5);
  }
}
