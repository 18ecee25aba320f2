package io.alluvium.trainer.finetune.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.Configs;
import io.alluvium.trainer.finetune.anchor.AnchorStates;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
  private static final int ANCHORS = 20;
  private static final int PER_STEP = 4;
  private static final int STEPS = 200;
  private static final long SEED = 3;

  @TempDir static Path folder;

  private static Decoder decoder;
  private static AnchorStates anchors;

  @BeforeAll
  static void open() throws Exception {
    TinyModel.write(folder, TinyModel.MISTRAL, 2);
    decoder = Decoder.open(HfFolder.open(folder), new EngineOptions(1, 90));
    anchors = new AnchorStates(decoder, Anchors.of(Configs.anchors(ANCHORS)), PER_STEP);
  }

  @AfterAll
  static void close() {
    anchors.close();
    decoder.close();
  }

  @Test
  void withoutAShareTheyComeInTurn() {
    Turns turns = new Turns(anchors, 0, SEED);
    int[] order = anchors.order(SEED);
    for (int step = 0; step < STEPS; step++) {
      assertThat(turns.next(step, Double.POSITIVE_INFINITY))
          .isEqualTo(anchors.chosen(order, step, Double.POSITIVE_INFINITY));
      turns.took(new float[PER_STEP], 0);
    }
  }

  /** One with three times the KL of each other comes up to three times as often among the drawn. */
  @Test
  void theyAreDrawnInProportionToTheirLastKl() {
    int[] times = times(0.25, 3);
    int others = 0;
    for (int anchor = 1; anchor < ANCHORS; anchor++) {
      others += times[anchor];
    }
    assertThat(times[0] - STEPS * 3.0 / ANCHORS)
        .isGreaterThan(1.8 * (others - STEPS * 3.0 / ANCHORS * (ANCHORS - 1)) / (ANCHORS - 1));
  }

  /** A step never has one anchor twice, and always as many as it may have. */
  @Test
  void aStepIsWholeWhateverIsDrawn() {
    Turns turns = new Turns(anchors, 0.75, SEED);
    for (int step = 0; step < STEPS; step++) {
      List<Integer> chosen = turns.next(step, Double.POSITIVE_INFINITY);
      assertThat(chosen).hasSize(PER_STEP);
      assertThat(chosen).as("step %d", step).doesNotHaveDuplicates();
      turns.took(new float[] {0, 0, 0, 0}, 0);
    }
  }

  private static int[] times(double hard, float kl) {
    Turns turns = new Turns(anchors, hard, SEED);
    int[] times = new int[ANCHORS];
    for (int step = 0; step < STEPS; step++) {
      List<Integer> chosen = turns.next(step, Double.POSITIVE_INFINITY);
      float[] took = new float[chosen.size()];
      for (int n = 0; n < took.length; n++) {
        times[chosen.get(n)]++;
        took[n] = chosen.get(n) == 0 ? kl : 1;
      }
      turns.took(took, 0);
    }
    return times;
  }
}
