package io.alluvium.trainer.finetune;

import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.Seeds;
import io.alluvium.trainer.base.begin.FreshAdapter;
import io.alluvium.trainer.base.lora.LoraSpec;
import io.alluvium.trainer.base.program.LlamaText;
import io.alluvium.trainer.base.program.TorchScriptArchive;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult.Diverged;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Runs rounds over one base: breadth-first epochs over the shuffled items, each step beside a batch
 * of anchors. Equal parent, items and seed give equal bytes with one thread. Tensor thread only.
 */
public final class FineTuner implements AutoCloseable {
  /** So many texts are enough to know what the base is used to. */
  private static final int KEPT_TEXTS = 256;

  private final Decoder decoder;
  private final FineTuneConfig config;
  private final ScriptModule program;
  private final Anchors kept;
  private final AnchorStates anchors;

  /**
   * Compiles the training program.
   *
   * @param decoder the base; it outlives this
   * @param anchors what holds the adapter to the base; {@link Anchors#none()} for plain training
   */
  public FineTuner(Decoder decoder, FineTuneConfig config, Anchors anchors) {
    this.decoder = decoder;
    this.config = config;
    this.kept = anchors;
    this.anchors = new AnchorStates(decoder, anchors, config.anchors().perBatch());
    LlamaText text = new LlamaText(decoder.config(), config.lora().text(decoder.config()));
    this.program = ScriptModule.load(TorchScriptArchive.of(StepText.of(text, config.memory())));
  }

  /**
   * A state to begin from, whose adapter changes nothing yet.
   *
   * @param items the first window without its held-out part
   * @param seed of what is drawn
   */
  public TrainingState begin(List<TrainingItem> items, long seed) {
    LoraSpec spec = config.lora();
    List<int[]> texts =
        switch (spec.kind().needs()) {
          case NOTHING, WEIGHTS -> List.of();
          case KEPT_TEXTS ->
              IntStream.range(0, Math.min(KEPT_TEXTS, kept.size())).mapToObj(kept::ids).toList();
          case WINDOW -> items.stream().map(item -> item.tokens().ids()).toList();
        };
    return TrainingState.fresh(FreshAdapter.of(decoder, spec, seed, texts), seed);
  }

  /**
   * Trains a candidate.
   *
   * @param parent where to start; never changed, and still the caller's
   * @param items the window without its held-out part, at least one
   * @param seed of this round; joined to the parent's lineage
   */
  public FineTuneResult train(TrainingState parent, List<TrainingItem> items, long seed) {
    requireFit(parent, items);
    long lineage = Seeds.mix(parent.lineage(), seed);
    List<List<TrainingItem>> batches = batches(items, lineage);
    TrainingState candidate = parent.copyAfter(batches.size(), lineage);
    boolean kept = false;
    try {
      FineTuneResult result = run(parent.step(), candidate, batches);
      kept = result instanceof Trained;
      return result;
    } finally {
      if (!kept) {
        candidate.close();
      }
    }
  }

  @Override
  public void close() {
    program.close();
    anchors.close();
  }

  private FineTuneResult run(
      long stepsBefore, TrainingState candidate, List<List<TrainingItem>> batches) {
    Step step = new Step(program, decoder.weights(), config);
    LearningRate rate = new LearningRate(config, batches.size());
    DivergenceGuard guard =
        new DivergenceGuard(config.explodingFactor(), decoder.config().vocabulary());
    Tally tally = new Tally();
    int[] order = anchors.order(Seeds.mix(candidate.lineage(), -1));
    for (int n = 0; n < batches.size(); n++) {
      Step.Moment moment = new Step.Moment(stepsBefore + n + 1, rate.at(stepsBefore + n, n));
      Step.Report report = step.run(candidate, batches.get(n), anchors.of(order, n), moment);
      Diverged diverged = guard.judge(batches.get(n), report, n);
      if (diverged != null) {
        return diverged;
      }
      tally.add(batches.get(n), report);
    }
    return finish(candidate, batches, tally);
  }

  /** No later step would notice what the last update broke. */
  private static FineTuneResult finish(
      TrainingState candidate, List<List<TrainingItem>> batches, Tally tally) {
    if (!candidate.adapter().finite()) {
      List<TrainingItem> last = batches.get(batches.size() - 1);
      return new Diverged(
          "adapter is not finite after the last step",
          last.stream().map(TrainingItem::id).toList());
    }
    return tally.trained(candidate, batches.size());
  }

  /** All batches of all epochs in order: every item is seen once before any is seen again. */
  private List<List<TrainingItem>> batches(List<TrainingItem> items, long lineage) {
    List<List<TrainingItem>> batches = new ArrayList<>();
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      List<TrainingItem> shuffled = new ArrayList<>(items);
      Collections.shuffle(shuffled, new Random(Seeds.mix(lineage, epoch)));
      for (int from = 0; from < shuffled.size(); from += config.batch()) {
        int to = Math.min(shuffled.size(), from + config.batch());
        batches.add(List.copyOf(shuffled.subList(from, to)));
      }
    }
    return batches;
  }

  private void requireFit(TrainingState parent, List<TrainingItem> items) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a round without items has nothing to train on");
    }
    if (!parent.adapter().spec().equals(config.lora())) {
      throw new IllegalArgumentException(
          "parent adapter is " + parent.adapter().spec() + ", configuration says " + config.lora());
    }
    for (TrainingItem item : items) {
      if (item.tokens().length() > decoder.maxTokens()) {
        throw new IllegalArgumentException(
            "item "
                + item.id()
                + " has "
                + item.tokens().length()
                + " tokens, more than maxTokens "
                + decoder.maxTokens());
      }
    }
  }
}
