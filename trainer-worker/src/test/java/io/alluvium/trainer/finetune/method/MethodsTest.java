package io.alluvium.trainer.finetune.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.method.choice.Methods;
import io.alluvium.trainer.finetune.method.order.DepthFirst;
import io.alluvium.trainer.program.loss.TokenText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodsTest {

  @Test
  void noMethodIsTrainingAsItIs() {
    assertThat(Methods.of(Map.of())).isEqualTo(Methods.NONE);
    assertThat(Methods.NONE.tokens()).isEqualTo(TokenText.PLAIN);
  }

  @Test
  void theyActInOneOrderHoweverTheyAreWritten() {
    assertThat(Methods.of(Map.of("lookahead", 0.5, "l2", 1.0, "dft", 1.0)).chosen())
        .extracting(Method::name)
        .containsExactly("dft", "l2", "lookahead");
  }

  @ParameterizedTest
  @CsvSource({
    "dft, 0", "dft, 1.5", "dft, NaN", "eaft, -1", "stm, 1", "token-flow, 0", "masked-kl, 0",
    "l2, 0", "ewc, -1", "hft, 0", "hft, 1", "average, 0", "average, 1.1", "lookahead, 1",
    "depth-first, 2", "slow, 1", "slao, 0.5"
  })
  void anAmountOutOfRangeIsNamed(String name, double amount) {
    assertThatThrownBy(() -> Methods.of(Map.of(name, amount)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("finetune.methods." + name + " is " + amount + ", want ");
  }

  @Test
  void whatIsUnknownIsNamedWithWhatThereIs() {
    assertThatThrownBy(() -> Methods.of(Map.of("magic", 1.0)))
        .hasMessageStartingWith("finetune.methods knows no magic, only [dft, eaft, ");
  }

  @Test
  void aNameWithoutAmountIsNamed() {
    assertThatThrownBy(() -> Methods.of(Collections.singletonMap("dft", null)))
        .hasMessage("finetune.methods.dft has no amount: write dft: 1");
  }

  @Test
  void twoWaysOfWeighingTokensContradictEachOther() {
    assertThatThrownBy(() -> Methods.of(Map.of("dft", 1.0, "eaft", 1.0)))
        .hasMessageContaining("[dft, eaft]")
        .hasMessageContaining("keep one");
  }

  @Test
  void twoWaysOfServingContradictEachOther() {
    assertThatThrownBy(() -> Methods.of(Map.of("slow", 0.5, "lookahead", 0.5)))
        .hasMessageContaining("[lookahead, slow]");
    assertThat(Methods.of(Map.of("average", 0.5, "slow", 0.5)).ends()).hasSize(2);
  }

  @Test
  void theConfigurationRefusesThemToo() {
    assertThatThrownBy(() -> FineTuneConfig.defaults().withMethods(Map.of("hft", 2.0)))
        .hasMessageContaining("finetune.methods.hft is 2.0");
  }

  @Test
  void depthFirstMakesAllStepsWithABatchBeforeTheNext() {
    assertThat(new DepthFirst(1).order(List.of(List.of("a", "b"), List.of("c", "d"))))
        .containsExactly("a", "a", "b", "b");
  }
}
