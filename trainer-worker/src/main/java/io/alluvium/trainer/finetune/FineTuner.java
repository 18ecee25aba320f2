package io.alluvium.trainer.finetune;

import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.Seeds;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.begin.FreshAdapter;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.ending.Ending;
import io.alluvium.trainer.finetune.growth.Growth;
import io.alluvium.trainer.finetune.hold.RoundAnchors;
import io.alluvium.trainer.finetune.method.choice.Methods;
import io.alluvium.trainer.finetune.restraint.Restraints;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepText;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import io.alluvium.trainer.program.text.DecoderText;
import io.alluvium.trainer.program.weights.NativeHeap;
import java.util.List;
import java.util.function.BooleanSupplier;
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
    this.anchors = new AnchorStates(decoder, anchors, config.anchors());
    if (config.gradientCheckpointing()) {
      NativeHeap.giveBackWide();
    }
    DecoderText text = decoder.text(config.lora().text(decoder.config()));
    this.program =
        ScriptModule.load(
            TorchScriptArchive.of(
                StepText.of(
                    text, config.memory(), config.loop().dropout(), config.chosen().tokens())));
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
   * A state to try the programs with, made as {@link #begin} makes one, but quickly: it is nothing
   * to learn from.
   *
   * @param items a few, which are looked at whatever the kind looks at
   */
  public TrainingState trial(List<TrainingItem> items) {
    List<int[]> texts = items.stream().map(item -> item.tokens().ids()).toList();
    return TrainingState.fresh(FreshAdapter.trial(decoder, config.lora(), texts), 0);
  }

  /**
   * Trains a candidate.
   *
   * @param parent where to start; never changed, and still the caller's
   * @param items the window without its held-out part, at least one
   * @param seed of this round; joined to the parent's lineage
   */
  public FineTuneResult train(TrainingState parent, List<TrainingItem> items, long seed) {
    return train(parent, items, seed, () -> false);
  }

  /**
   * The same, given up before the next step once the caller wants it no more.
   *
   * @param cancelled asked before each step
   */
  public FineTuneResult train(
      TrainingState parent, List<TrainingItem> items, long seed, BooleanSupplier cancelled) {
    requireFit(parent, items);
    long lineage = Seeds.mix(parent.lineage(), seed);
    List<List<TrainingItem>> batches = batches(items, lineage);
    TrainingState candidate = parent.copyAfter(batches.size(), lineage);
    Methods methods = config.chosen();
    Ending ending = new Ending(methods.ends(), batches.size());
    boolean kept = false;
    try (Growth growth = new Growth(program, config, candidate, batches.size());
        Restraints restraints = Restraints.of(methods.weights(), parent, lineage);
        RoundAnchors hold =
            new RoundAnchors(new RoundAnchors.Base(decoder, config), anchors, parent, lineage)) {
      Step.Beside beside = new Step.Beside(growth.sums(), restraints);
      Step step = new Step(program, decoder.weights(), config, beside);
      TrainingLoop.Tools tools =
          new TrainingLoop.Tools(
              step, growth, ending, config, decoder.config().vocabulary(), hold, cancelled);
      FineTuneResult result = new TrainingLoop(tools, candidate, items).run(batches, parent.step());
      kept = result instanceof Trained;
      return result instanceof Trained trained
          ? trained.of(ending.candidate(parent, trained.candidate()))
          : result;
    } finally {
      if (!kept) {
        candidate.close();
      }
    }
  }

  /** Memory of what is remembered of the base on anchors. */
  public long keptBytes() {
    return anchors.keptBytes();
  }

  @Override
  public void close() {
    program.close();
    anchors.close();
  }

  private List<List<TrainingItem>> batches(List<TrainingItem> items, long lineage) {
    List<List<List<TrainingItem>>> epochs =
        config.batches().ofEpochs(items, config.epochs(), lineage);
    return config
        .chosen()
        .order()
        .map(method -> method.order(epochs))
        .orElseGet(() -> epochs.stream().flatMap(List::stream).toList());
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
