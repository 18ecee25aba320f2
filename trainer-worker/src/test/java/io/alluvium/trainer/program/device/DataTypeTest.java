package io.alluvium.trainer.program.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which descriptions of a CPU name units for bf16. */
class DataTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "flags\t\t: fpu avx512vl avx512_bf16 clzero",
        "flags\t\t: fpu amx_bf16 avx512_fp16 amx_tile",
        "Features\t: fp asimd bf16 i8mm"
      })
  void namedUnitsAreFound(String line) {
    assertThat(DataType.hasBf16Units("processor\t: 0\n" + line + "\n")).isTrue();
  }

  @Test
  void otherWordsAreNone() {
    assertThat(DataType.hasBf16Units("flags\t\t: fpu avx2 avx512f\nbugs\t\t: avx512_bf16\n"))
        .isFalse();
    assertThat(DataType.hasBf16Units("")).isFalse();
  }
}
