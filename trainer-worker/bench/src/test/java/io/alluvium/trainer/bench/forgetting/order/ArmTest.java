package io.alluvium.trainer.bench.forgetting.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alluvium.trainer.bench.forgetting.order.Arm.Part;
import io.alluvium.trainer.bench.forgetting.order.Arm.Scheme;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import java.util.Map;
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
    assertThat(Arm.of("default").parts())
        .containsExactlyInAnyOrder(Part.ANCHORS, Part.FLOW, Part.REPLAY, Part.GATE);
    assertThat(Arm.of("none").scheme()).isEqualTo(Scheme.NONE);
  }

  @Test
  void defaultHasTheProductsMethodsUnlessTheArmNamesAnotherThatSaysWhatIsServed() {
    assertThat(Arm.of("default").config().methods()).isEqualTo(Map.of("slow", 0.5));
    assertThat(Arm.of("default+dft=1").methods()).containsOnlyKeys("dft", "slow");
    assertThat(Arm.of("default+slow=0.25").methods()).isEqualTo(Map.of("slow", 0.25));
    assertThat(Arm.of("default+lookahead=0.5").methods()).containsOnlyKeys("lookahead");
    assertThat(Arm.of("anchors+flow+replay+gate").methods()).isEmpty();
    assertThat(Arm.of("plain").config().methods()).isEmpty();
  }

  @Test
  void amountsAreTold() {
    Arm arm = Arm.of("joint+replay=0.05+keep=0.5");
    assertThat(arm.scheme()).isEqualTo(Scheme.JOINT);
    assertThat(arm.parts()).containsExactly(Part.REPLAY);
    assertThat(arm.amounts().replayShare()).isEqualTo(0.05);
    assertThat(arm.amounts().kept()).isEqualTo(0.5);
    assertThat(Arm.of("old").anchored()).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("keep=0"));
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("replay=1"));
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("rank=4"));
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("pull=1.5"));
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("noise=1"));
    assertThat(Arm.of("flow+normal+noise=0.25").amounts().noise()).isEqualTo(0.25);
  }

  @Test
  void whatIsNoPartIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("anchors+ewc"))
        .withMessageStartingWith(
            "an arm has no part \"ewc\": none alone, or with + between them plain, ");
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("none+anchors"));
    assertThatIllegalArgumentException().isThrownBy(() -> Arm.of("anchors+"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("plain+lr=-1"))
        .withMessageContaining("finetune.learningRate");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("lr=fast"))
        .withMessage("lr=fast is no number: write lr=0.001");
  }

  @Test
  void methodsOfTheLiteratureGoByTheirNames() {
    Arm arm = Arm.of("default+lookahead=0.5+dft=1+mlp+champion=64+hard=0.5");
    assertThat(arm.config().methods()).isEqualTo(Map.of("lookahead", 0.5, "dft", 1.0));
    assertThat(arm.config().targetModules()).containsExactly("gate_proj", "up_proj", "down_proj");
    assertThat(arm.config().anchors().champion()).isEqualTo(64);
    assertThat(arm.config().anchors().hard()).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Arm.of("default+dft=2"))
        .withMessageContaining("finetune.methods.dft");
  }
}
