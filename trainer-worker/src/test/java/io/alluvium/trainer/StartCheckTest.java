package io.alluvium.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.base.program.EngineRuntime;
import io.alluvium.trainer.base.program.TorchScriptArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StartCheckTest {
  private static final String LACKING =
      """
        def f(self: __torch__.M, x: Tensor) -> List[Tensor]:
          return [torch.no_such_operation(x)]

      """;

  @BeforeAll
  static void startEngine() {
    EngineRuntime.start(1);
  }

  @Test
  void anOperationThatTheEngineLacksIsNamedInOneLine() {
    assertThatThrownBy(
            () ->
                StartCheck.explained(
                    "train", () -> ScriptModule.load(TorchScriptArchive.of(LACKING))))
        .isInstanceOf(UnfitEngineException.class)
        .hasMessageStartingWith("the tensor engine cannot train on this machine (")
        .hasMessageContaining("no_such_operation")
        .extracting(failure -> String.valueOf(failure.getMessage()).lines().count())
        .isEqualTo(1L);
  }

  @Test
  void whatWorksIsHandedOn() throws Exception {
    assertThat(StartCheck.<Integer>explained("count", () -> 3)).isEqualTo(3);
  }
}
