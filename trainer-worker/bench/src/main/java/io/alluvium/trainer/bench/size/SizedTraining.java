package io.alluvium.trainer.bench.size;

import com.sun.management.OperatingSystemMXBean;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.LoopConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.text.TokenSequence;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rounds of one step on the same batch: without anchors, with fresh ones, with remembered ones. */
final class SizedTraining implements AutoCloseable {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final int RANK = 8;

  private static final int ANCHOR_TOKENS = 128;

  private final Decoder decoder;
  private final SizeOrder order;
  private final List<TrainingItem> items = new ArrayList<>();
  private final int anchors;
  private TrainingState state;

  /**
   * What a step took.
   *
   * @param seconds by the clock
   * @param processSeconds of all threads, which other work on the machine hardly changes
   */
  record Took(double seconds, double processSeconds) {}

  /**
   * What steps took.
   *
   * @param keptBytes what is remembered of anchors
   */
  record Times(
      long recordTokens, long anchorTokens, Took plain, Took fresh, Took held, long keptBytes) {}

  SizedTraining(Decoder decoder, SizeOrder order) {
    this.decoder = decoder;
    this.order = order;
    this.anchors = config(order).anchors().perBatch();
    for (TokenSequence sequence : sequences(decoder.config(), order)) {
      items.add(new TrainingItem("item-" + items.size(), sequence, 1));
    }
    this.state = TrainingState.initial(decoder.config(), config(order).lora(), 1);
  }

  /** Each kind; anchors are fresh only once. */
  Times run() {
    Took plain;
    FineTuneConfig config = config(order);
    try (FineTuner tuner =
        new FineTuner(decoder, config.withAnchors(AnchorConfig.none()), Anchors.none())) {
      plain = steps(tuner, "step without anchors");
    }
    try (FineTuner tuner = new FineTuner(decoder, config, Anchors.of(anchors()))) {
      Took fresh = step(tuner);
      say("step with fresh anchors", fresh);
      Took held = steps(tuner, "step with remembered anchors");
      return new Times(
          (long) order.records() * order.tokens(),
          (long) anchors * anchorLength(order),
          plain,
          fresh,
          held,
          tuner.keptBytes());
    }
  }

  @Override
  public void close() {
    state.close();
  }

  /**
   * As the trainer's defaults, with recompute; as many tokens of anchors as of records, so that
   * their price is seen beside the records'.
   */
  static FineTuneConfig config(SizeOrder order) {
    int records = order.records() * order.tokens();
    int perBatch = Math.max(1, records / anchorLength(order));
    LoopConfig loop = LoopConfig.defaults();
    return new FineTuneConfig(
        RANK,
        2 * RANK,
        FineTuneConfig.defaults().targetModules(),
        AdapterConfig.defaults(),
        1,
        order.records(),
        1e-4,
        0,
        1,
        0,
        1,
        1e6,
        true,
        new LoopConfig(0, 0, order.passTokens(), 0, loop.spikeDeviations(), loop.maxQuarantined()),
        new AnchorConfig(null, perBatch, anchorLength(order), perBatch, 1),
        Map.of(),
        1);
  }

  static List<TokenSequence> sequences(DecoderConfig shape, SizeOrder order) {
    Random random = new Random(7);
    List<TokenSequence> sequences = new ArrayList<>();
    for (int n = 0; n < order.records(); n++) {
      int[] ids = random.ints(order.tokens(), 3, shape.vocabulary()).toArray();
      sequences.add(new TokenSequence(ids, 1));
    }
    return sequences;
  }

  private static int anchorLength(SizeOrder order) {
    return Math.min(ANCHOR_TOKENS, order.tokens());
  }

  private List<int[]> anchors() {
    Random random = new Random(8);
    List<int[]> all = new ArrayList<>();
    for (int n = 0; n < anchors; n++) {
      all.add(random.ints(anchorLength(order), 3, decoder.config().vocabulary()).toArray());
    }
    return all;
  }

  /** The one in the middle; of two the quicker one, since the first reads the base's file. */
  private Took steps(FineTuner tuner, String what) {
    List<Took> took = new ArrayList<>();
    for (int n = 0; n < order.steps(); n++) {
      took.add(step(tuner));
      say(what, took.get(n));
    }
    took.sort(Comparator.comparing(Took::processSeconds));
    return took.get((took.size() - 1) / 2);
  }

  private Took step(FineTuner tuner) {
    long beginNs = System.nanoTime();
    long processNs = SYSTEM.getProcessCpuTime();
    if (!(tuner.train(state, items, 1) instanceof Trained trained)) {
      throw new IllegalStateException("training diverged");
    }
    state.close();
    state = trained.candidate();
    return new Took(
        (System.nanoTime() - beginNs) / 1e9, (SYSTEM.getProcessCpuTime() - processNs) / 1e9);
  }

  private static void say(String what, Took took) {
    System.err.printf(
        "%s: %.1f s, %.1f s of processors%n", what, took.seconds(), took.processSeconds());
  }
}
