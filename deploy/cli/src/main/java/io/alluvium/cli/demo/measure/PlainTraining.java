package io.alluvium.cli.demo.measure;

import io.alluvium.cli.terminal.Progress;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.TextReader;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;
import java.util.Map;

/**
 * The comparison: the same records in the same windows with the same settings, without anchors,
 * methods and a gate. Every window's result is kept, as plain sequential training does.
 */
public final class PlainTraining {
  /** The worker's own default: the same records are left out here. */
  private static final HeldOut HELD_OUT = new HeldOut(0.1);

  private final Examination examination;

  /** Trains on the examined base. */
  public PlainTraining(Examination examination) {
    this.examination = examination;
  }

  /** Trains window after window and says what is known in the end. */
  public Knowledge after(List<List<TrainingExample>> windows, Progress progress) {
    FineTuneConfig config =
        FineTuneConfig.defaults().withAnchors(AnchorConfig.none()).withMethods(Map.of());
    Decoder decoder = examination.model().decoder();
    TrainingState state = TrainingState.initial(decoder.config(), config.lora(), config.seed());
    try (FineTuner tuner = new FineTuner(decoder, config, Anchors.none())) {
      for (int number = 0; number < windows.size(); number++) {
        state = next(tuner, state, items(windows.get(number)), number);
        progress.at(number + 1);
      }
      return examination.with(state.adapter());
    } finally {
      state.close();
    }
  }

  /** The state after a window; the one before is closed. A window that diverges changes nothing. */
  private static TrainingState next(
      FineTuner tuner, TrainingState before, List<TrainingItem> items, long seed) {
    if (!items.isEmpty()
        && tuner.train(before, items, seed) instanceof FineTuneResult.Trained trained) {
      before.close();
      return trained.candidate();
    }
    return before;
  }

  private List<TrainingItem> items(List<TrainingExample> window) {
    return window.stream()
        .filter(example -> !HELD_OUT.holds(example.getId()))
        .map(this::item)
        .toList();
  }

  private TrainingItem item(TrainingExample example) {
    return new TrainingItem(
        example.getId(), examination.model().encode(TextReader.textOf(example)), 1);
  }
}
