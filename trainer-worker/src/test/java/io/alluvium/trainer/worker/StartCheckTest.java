package io.alluvium.trainer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.dataset.Itemized;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.device.EngineRuntime;
import io.alluvium.trainer.program.device.TorchScriptArchive;
import java.nio.file.Path;
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

  @Test
  void aBaseThatTakesNoTextIsNamedInOneLine() {
    ItemMaker bosBeyond = items(text -> new TokenSequence(new int[] {280, 5, 6}, 1));
    assertThatThrownBy(() -> StartCheck.texts(Path.of("base"), bosBeyond))
        .isInstanceOf(BadModelFolderException.class)
        .hasMessage(
            "base: no text can be learned from, not even \"a\" (UNKNOWN_TOKEN: token 280 is beyond the base's embedding of 280 rows): correct its tokenizer or config.json, or base.maxTokens");
    ItemMaker failing =
        items(
            text -> {
              throw new NoClassDefFoundError("org/absent/Library");
            });
    assertThatThrownBy(() -> StartCheck.texts(Path.of("base"), failing))
        .hasMessageContaining("UNTOKENIZABLE");
  }

  @Test
  void aBaseThatTakesSomeTextsStarts() throws Exception {
    ItemMaker digits =
        items(
            text ->
                new TokenSequence(
                    new int[] {4, ((Completion) text).prompt().equals("1") ? 5 : 999}, 1));
    StartCheck.texts(Path.of("base"), digits);
    assertThat(digits.make(StartCheck.example("a"), 1)).isInstanceOf(Itemized.Unusable.class);
  }

  private static ItemMaker items(ItemMaker.Encoder encoder) {
    return new ItemMaker(encoder, new ItemMaker.Limits(20, 280));
  }
}
