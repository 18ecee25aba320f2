package io.alluvium.cli.bench.waiting.fill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StencilTest {
  @Test
  void numberIsWrittenAtEveryMark() {
    Stencil stencil = Stencil.of(bytes("id @@@@@@@@, item @@@@@@@@?"));
    assertThat(stencil.at(1_234)).isEqualTo(bytes("id 00001234, item 00001234?"));
    assertThat(stencil.at(99_999_999)).isEqualTo(bytes("id 99999999, item 99999999?"));
  }

  @Test
  void copiesDoNotChangeEachOther() {
    Stencil stencil = Stencil.of(bytes("@@@@@@@@"));
    byte[] first = stencil.at(1);
    assertThat(stencil.at(2)).isEqualTo(bytes("00000002"));
    assertThat(first).isEqualTo(bytes("00000001"));
  }

  @Test
  void idCarriesTheNumberAndShortTextsDoNot() {
    byte[] record =
        Stencil.of(
                "late",
                Stencil.Text.SHORT,
                value -> bytes(value.getScored().getExample().toString()))
            .at(7);
    assertThat(new String(record, StandardCharsets.UTF_8))
        .contains("late-00000007", "Is it?", " Yes.")
        .doesNotContain("@");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
