package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Diverged;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Poisoned records in a window: they go, and the round stays. */
class QuarantineFaultTest {
  private static final LoraSpec SPEC = new LoraSpec(4, 8, List.of("q_proj", "v_proj", "up_proj"));
  private static final FineTuneConfig CONFIG =
      Configs.of(SPEC, new AnchorConfig(null, 5, 20, 3, 1.0));

  @TempDir static Path folder;

  private static Decoder decoder;
  private static FineTuner tuner;

  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, 2);
    decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
    tuner = new FineTuner(decoder, CONFIG, Anchors.of(Configs.anchors(7)));
  }

  @AfterAll
  static void close() {
    tuner.close();
    decoder.close();
  }

  @Test
  void aWeightThatOverflowsCostsItsRecordOnly() {
    List<TrainingItem> items = Configs.items(40);
    poison(items, 7, Float.MAX_VALUE);
    try (TrainingState parent = parent()) {
      Trained trained = (Trained) tuner.train(parent, items, 1);
      try (TrainingState candidate = trained.candidate()) {
        Culprit culprit = trained.quarantined().get(0);
        assertThat(trained.quarantined()).hasSize(1);
        assertThat(culprit.id()).isEqualTo("item-7");
        assertThat(culprit.evidence())
            .contains("alone it has weight 3.40e+38")
            .contains("weighted loss Infinity");
        assertThat(candidate.adapter().finite()).isTrue();
        List<TokenSequence> rest = withoutPoison(items);
        assertThat(decoder.score(rest, candidate.adapter()).meanLoss())
            .isLessThan(decoder.score(rest, parent.adapter()).meanLoss());
      }
    }
  }

  @Test
  void severalInOneWindowAreAllFoundAndNobodyElse() {
    List<TrainingItem> items = Configs.items(40);
    for (int n : new int[] {3, 11, 30}) {
      poison(items, n, 1e5f);
    }
    try (TrainingState parent = parent()) {
      Trained trained = (Trained) tuner.train(parent, items, 1);
      trained.candidate().close();
      assertThat(trained.quarantined())
          .extracting(Culprit::id)
          .containsExactlyInAnyOrder("item-3", "item-11", "item-30");
      assertThat(trained.meanLoss()).isLessThan(10);
    }
  }

  @Test
  void aSpikeInTheMiddleOfARoundIsHeldAgainstTheStepsBefore() {
    List<TrainingItem> items = Configs.items(80);
    poison(items, 5, 60);
    try (TrainingState parent = parent()) {
      Trained trained = (Trained) tuner.train(parent, items, 3);
      trained.candidate().close();
      assertThat(trained.quarantined()).extracting(Culprit::id).containsExactly("item-5");
      assertThat(trained.quarantined().get(0).evidence()).contains("median");
    }
  }

  @Test
  void ordinaryRecordsAllStay() {
    try (TrainingState parent = parent()) {
      Trained trained = (Trained) tuner.train(parent, Configs.items(80), 1);
      trained.candidate().close();
      assertThat(trained.quarantined()).isEmpty();
    }
  }

  @Test
  void whereMostRecordsArePoisonTheRoundHasDiverged() {
    List<TrainingItem> items = Configs.items(12);
    for (int n = 0; n < 5; n++) {
      poison(items, n, Float.MAX_VALUE);
    }
    try (TrainingState parent = parent()) {
      FineTuneResult result = tuner.train(parent, items, 1);
      assertThat(result).isInstanceOf(Diverged.class);
      assertThat(((Diverged) result).reason()).contains("is not finite, after");
    }
  }

  @Test
  void aBrokenParentIsNotBlamedOnTheRecords() {
    try (TrainingState fresh = parent();
        TrainingState broken = broken(fresh)) {
      FineTuneResult result = tuner.train(broken, Configs.items(12), 1);
      assertThat(result).isInstanceOf(Diverged.class);
      assertThat(((Diverged) result).suspectIds()).hasSize(CONFIG.batchSize());
    }
  }

  private static void poison(List<TrainingItem> items, int n, float weight) {
    items.set(n, new TrainingItem(items.get(n).id(), items.get(n).tokens(), weight));
  }

  private static List<TokenSequence> withoutPoison(List<TrainingItem> items) {
    return items.stream().filter(item -> item.weight() < 2).map(TrainingItem::tokens).toList();
  }

  private static TrainingState parent() {
    return TrainingState.initial(decoder.config(), SPEC, 5);
  }

  private static TrainingState broken(TrainingState fresh) {
    List<float[]> values = new ArrayList<>();
    fresh.adapter().tensors().tensors().forEach(tensor -> values.add(tensor.floats()));
    values.get(1)[0] = Float.NaN;
    return TrainingState.fresh(LoraWeights.of(decoder.config(), SPEC, values), 1);
  }
}
