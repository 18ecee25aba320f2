package io.alluvium.trainer.score.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;

class HalfFloatsPropertyTest {

  /** Slow and obvious: the value that a half of these bits has. */
  private static double valueOf(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int mantissa = bits & 0x3FF;
    double magnitude =
        exponent == 0 ? mantissa * 0x1p-24 : (1024 + mantissa) * Math.pow(2, exponent - 25);
    return bits < 0 ? -magnitude : magnitude;
  }

  @Property
  void everyHalfComesBackAsItself(@ForAll short bits) {
    int exponent = (bits >> 10) & 0x1F;
    if (exponent != 0x1F) {
      assertThat(HalfFloats.bits((float) valueOf(bits))).isEqualTo(bits);
    }
  }

  @Property
  void noNeighbourIsNearer(@ForAll @FloatRange(min = -65504, max = 65504) float value) {
    short bits = HalfFloats.bits(value);
    double error = Math.abs(valueOf(bits) - value);
    for (short neighbour : new short[] {(short) (bits - 1), (short) (bits + 1)}) {
      boolean finite = ((neighbour >> 10) & 0x1F) != 0x1F;
      boolean sameSign = (neighbour < 0) == (bits < 0);
      if (finite && sameSign) {
        double other = Math.abs(valueOf(neighbour) - value);
        assertThat(error).isLessThanOrEqualTo(other);
        if (error == other && error > 0) {
          assertThat(bits & 1).as("ties go to even").isZero();
        }
      }
    }
  }

  @Example
  void bytesAreLittleEndianAndOutOfRangeIsClamped() {
    ByteBuffer bytes = HalfFloats.littleEndian(new float[] {1f, -2f, 1e9f});
    byte[] written = new byte[bytes.remaining()];
    bytes.get(written);
    assertThat(written).containsExactly(0x00, 0x3C, 0x00, (byte) 0xC0, (byte) 0xFF, 0x7B);
  }
}
