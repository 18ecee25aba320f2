package io.alluvium.trainer.finetune.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.program.device.DataType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorStatesTest {
  private static final int COUNT = 40;
  private static final int PER_BATCH = 3;
  private static final int STEPS = 30;
  private static final AnchorConfig CONFIG = new AnchorConfig(null, 0, 30, PER_BATCH, 1);

  @TempDir static Path temp;

  private static HfFolder folder;
  private static Decoder decoder;

  @BeforeAll
  static void open() throws Exception {
    folder = HfFolder.open(TinyModel.write(temp.resolve("base"), TinyModel.MISTRAL, 2));
    decoder = Decoder.open(folder, new EngineOptions(1, 90));
  }

  @AfterAll
  static void close() {
    decoder.close();
  }

  @Test
  void whatIsKeptChangesNoBit() {
    long half = bytes() / 2;
    try (AnchorStates all = states(bytes());
        AnchorStates some = states(half);
        AnchorStates none = states(0)) {
      int[] order = all.order(1);
      for (int step = 0; step < STEPS; step++) {
        List<NativeTensor> expected = all.of(order, step).states();
        assertSame(expected, some.of(order, step).states());
        assertSame(expected, none.of(order, step).states());
      }
      assertThat(all.keptBytes()).isEqualTo(bytes());
      assertThat(some.keptBytes()).isPositive().isLessThanOrEqualTo(half);
      assertThat(none.keptBytes()).isZero();
    }
  }

  @Test
  void whatWasSeenBeforeChangesNoBit() {
    try (AnchorStates once = states(bytes() / 2);
        AnchorStates often = states(bytes() / 2)) {
      int[] earlier = often.order(7);
      for (int step = 0; step < STEPS; step++) {
        assertThat(often.of(earlier, step).states()).hasSize(PER_BATCH);
      }
      int[] order = once.order(1);
      for (int step = 0; step < STEPS; step++) {
        assertSame(once.of(order, step).states(), often.of(order, step).states());
      }
    }
  }

  @Test
  void statesAreKeptInTheTypeInWhichTheHeadMultiplies() throws Exception {
    int share = DataType.BF16.multiplied() == DataType.BF16 ? 2 : 1;
    EngineOptions half = new EngineOptions(1, 90, Precision.BF16);
    try (Decoder narrow = Decoder.open(folder, half);
        AnchorStates all = new AnchorStates(narrow, anchors(), CONFIG)) {
      int[] order = all.order(1);
      for (int step = 0; step < STEPS; step++) {
        assertThat(all.of(order, step).positions()).isPositive();
      }
      assertThat(all.keptBytes()).isEqualTo(bytes() / share);
    }
  }

  @Test
  void aStepHoldsNoMoreTokensThanTheRatioAllows() {
    AnchorConfig tight = new AnchorConfig(null, 0, 30, 20, 1.5, 0, 1, 0, 0, 0, 0);
    int batch = 40;
    try (AnchorStates states = new AnchorStates(decoder, anchors(), tight)) {
      int[] order = states.order(3);
      for (int step = 0; step < STEPS; step++) {
        AnchorBatch hold = states.of(order, step, batch);
        int tokens = hold.positions() + hold.inputs().size();
        assertThat(tokens).isPositive().isLessThanOrEqualTo(60);
      }
    }
  }

  @Test
  void oneAnchorIsTakenWhateverTheRatio() {
    AnchorConfig tight = new AnchorConfig(null, 0, 30, 20, 1e-3, 0, 1, 0, 0, 0, 0);
    try (AnchorStates states = new AnchorStates(decoder, anchors(), tight)) {
      assertThat(states.of(states.order(3), 5, 40).inputs()).hasSize(1);
    }
  }

  private static void assertSame(List<NativeTensor> expected, List<NativeTensor> found) {
    assertThat(found).hasSameSizeAs(expected);
    for (int n = 0; n < expected.size(); n++) {
      assertThat(found.get(n).floats()).isEqualTo(expected.get(n).floats());
    }
  }

  private static AnchorStates states(long bytes) {
    return new AnchorStates(decoder, anchors(), CONFIG.keeping(bytes));
  }

  /** All positions in fp32. */
  private static long bytes() {
    long positions = 0;
    for (int n = 0; n < COUNT; n++) {
      positions += anchors().ids(n).length - 1;
    }
    return positions * TinyModel.MISTRAL.hidden() * Float.BYTES;
  }

  private static Anchors anchors() {
    Random random = new Random(22);
    List<int[]> ids = new ArrayList<>();
    for (int n = 0; n < COUNT; n++) {
      ids.add(random.ints(3 + random.nextInt(20), 3, TinyModel.MISTRAL.vocabulary()).toArray());
    }
    return Anchors.of(ids);
  }
}
