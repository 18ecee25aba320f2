package io.alluvium.trainer.bench.forgetting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alluvium.trainer.bench.forgetting.Arm.Part;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import org.junit.jupiter.api.Test;

class ArmTest {
  @Test
  void anArmIsItsParts() {
    Arm arm = Arm.of("anchors+replay+lr=0.001");
    assertThat(arm.parts()).containsExactlyInAnyOrder(Part.ANCHORS, Part.REPLAY);
    assertThat(arm.config().learningRate()).isEqualTo(0.001);
    assertThat(arm.config().anchors()).isEqualTo(FineTuneConfig.defaults().anchors());
  }

  @Test
  void plainHasNoPartAndDefaultAll() {
    assertThat(Arm.of("plain").parts()).isEmpty();
    assertThat(Arm.of("plain").config().anchors().perBatch()).isZero();
    assertThat(Arm.of("default").parts()).containsExactlyInAnyOrder(Part.values());
    assertThat(Arm.of("none").learnsNothing()).isTrue();
  }

  @Test
  void whatIsNoPartIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("anchors+ewc"))
        .withMessageStartingWith("an arm has no part \"ewc\": none alone, or plain, default, ");
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("none+anchors"));
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("anchors+"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("plain+lr=-1"))
        .withMessageContaining("finetune.learningRate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("lr=fast"))
        .withMessage("lr=fast is no learning rate: write lr=0.001");
  }
}
