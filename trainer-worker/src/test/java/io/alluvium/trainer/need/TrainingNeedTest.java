package io.alluvium.trainer.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.weights.Held;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingNeedTest {
  private static final DecoderConfig SHAPE = TinyModel.DEMO;
  private static final WeightBytes WEIGHTS = new WeightBytes(1000, 0, Held.AS_MULTIPLIED);

  @Test
  void weightsAreMappedWhereTheFileHasTheirType(@TempDir Path temp) throws Exception {
    Path path =
        TinyModel.write(temp.resolve("base"), SHAPE, TinyModel.weights(SHAPE, 1), Dtype.BF16);
    HfFolder folder = HfFolder.open(path);
    WeightBytes asTheyAre = WeightBytes.of(folder, DataType.BF16);
    WeightBytes converted = WeightBytes.of(folder, DataType.FP32);
    assertThat(asTheyAre.own()).as("norms at most").isLessThan(asTheyAre.mapped() / 100);
    assertThat(converted.mapped()).isZero();
    long elements = WeightSlot.all(SHAPE).stream().mapToLong(WeightSlot::elements).sum();
    assertThat(converted.own()).isEqualTo(Float.BYTES * elements);
  }

  @Test
  void eachSettingThatSavesMemorySavesSome() {
    long whole = need(256, FineTuneConfig.defaults()).most().pass();
    assertThat(need(128, FineTuneConfig.defaults()).most().pass()).isLessThan(whole);
    FineTuneConfig unheld = FineTuneConfig.defaults().withAnchors(AnchorConfig.none());
    assertThat(need(256, unheld).most().pass()).isLessThan(whole);
    assertThat(need(256, unheld).most().anchors()).isZero();
  }

  @Test
  void theLeastIsOneRecordAtATime() {
    TrainingNeed need = need(256, FineTuneConfig.defaults());
    assertThat(need.least().pass()).isLessThan(need.most().pass());
    assertThat(need.least().adapter()).isEqualTo(need.most().adapter());
    assertThat(need.most().bytes()).isEqualTo(1000 + need.most().anonymous());
  }

  @Test
  void anchorsAreRememberedWithinTheirMemory() {
    FineTuneConfig config = FineTuneConfig.defaults();
    FineTuneConfig tight = config.withAnchors(config.anchors().keeping(12_345));
    assertThat(need(256, tight).most().anchors()).isEqualTo(12_345);
    assertThat(need(256, config).most().anchors())
        .isEqualTo(2500L * 128 * SHAPE.hidden() * Float.BYTES);
  }

  private static TrainingNeed need(int maxTokens, FineTuneConfig config) {
    return new TrainingNeed(
        SHAPE, WEIGHTS, new EngineOptions(1, maxTokens, Precision.FP32), config);
  }
}
