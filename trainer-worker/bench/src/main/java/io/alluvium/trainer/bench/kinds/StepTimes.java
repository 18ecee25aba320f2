package io.alluvium.trainer.bench.kinds;

import com.sun.management.OperatingSystemMXBean;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.text.TokenSequence;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Process time of steps of 16 x 64 tokens; the kinds take turns, so that all see one machine. */
final class StepTimes {
  private static final int ROUNDS = 5;
  private static final int ITEMS = 32;
  private static final int TOKENS = 64;
  private static final double LEARNING_RATE = 1e-4;

  private final Decoder decoder;
  private final List<TrainingItem> items = new ArrayList<>();

  /**
   * What steps of one kind take.
   *
   * @param kind of adapter, with its settings
   * @param beginSeconds process time of making the first adapter
   * @param stepSeconds median process time of a step
   */
  record Result(String kind, double beginSeconds, double stepSeconds) {}

  StepTimes(Decoder decoder) {
    this.decoder = decoder;
    Random random = new Random(1);
    for (int n = 0; n < ITEMS; n++) {
      int[] ids = random.ints(TOKENS, 0, decoder.config().vocabulary()).toArray();
      items.add(new TrainingItem("item-" + n, new TokenSequence(ids, 1), 1));
    }
  }

  /** Each arm warms up with a round that is not counted. */
  List<Result> measure(List<Arm> arms) {
    List<Turn> turns = new ArrayList<>();
    for (Arm arm : arms) {
      turns.add(new Turn(arm));
    }
    for (int round = 0; round <= ROUNDS; round++) {
      turns.forEach(Turn::round);
    }
    return turns.stream().map(Turn::result).toList();
  }

  private final class Turn {
    private final String kind;
    private final FineTuner tuner;
    private final double beginSeconds;
    private final List<Double> seconds = new ArrayList<>();
    private final TrainingState fresh;

    Turn(Arm arm) {
      FineTuneConfig config = arm.config(decoder.config(), LEARNING_RATE);
      this.kind = config.lora().kind().describe();
      this.tuner = new FineTuner(decoder, config, Anchors.none());
      double before = processSeconds();
      this.fresh = tuner.begin(items, 1);
      this.beginSeconds = processSeconds() - before;
    }

    void round() {
      double before = processSeconds();
      if (tuner.train(fresh, items, 1) instanceof Trained trained) {
        seconds.add((processSeconds() - before) / trained.steps());
        trained.candidate().close();
      } else {
        throw new IllegalStateException("training diverged");
      }
    }

    Result result() {
      fresh.close();
      tuner.close();
      List<Double> counted = seconds.subList(1, seconds.size()).stream().sorted().toList();
      return new Result(kind, beginSeconds, counted.get(counted.size() / 2));
    }
  }

  private static double processSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }
}
