package io.alluvium.streams.novelty.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrototypesTest {
  private final Direction directions = new Direction();
  private final Random random = new Random(4);

  @Test
  void halfPrecisionIsReadAsItStands() {
    ByteBuffer halves = ByteBuffer.allocate(6).order(ByteOrder.LITTLE_ENDIAN);
    // 3, -4 and the smallest half that is not zero.
    halves.putShort((short) 0x4200).putShort((short) 0xc400).putShort((short) 1).flip();
    byte[] direction = directions.of(halves);
    assertThat(direction[0]).isEqualTo((byte) Math.round(127 * 0.6));
    assertThat(direction[1]).isEqualTo((byte) -Math.round(127 * 0.8));
    assertThat(direction[2]).isZero();
    assertThat(directions.of(ByteBuffer.allocate(4))).isEmpty();
  }

  @Test
  void aLongEmbeddingKeepsItsAnglesOnAverage() {
    double worst = 0;
    for (int i = 0; i < 50; i++) {
      double[] a = gaussian(2048);
      double[] b = new double[2048];
      double share = i / 50.0;
      double[] noise = gaussian(2048);
      for (int j = 0; j < b.length; j++) {
        b[j] = share * a[j] + (1 - share) * noise[j];
      }
      double exact = cosine(a, b);
      double folded = cosine(numbers(directions.of(halves(a))), numbers(directions.of(halves(b))));
      worst = Math.max(worst, Math.abs(exact - folded));
    }
    assertThat(worst).isLessThan(0.4);
  }

  @Test
  void aNewPlaceStaysFarUntilItStandsForManyAndHasCompanyAfterThree() {
    Prototypes prototypes = new Prototypes(4096);
    double[] home = gaussian(64);
    double[] other = gaussian(64);
    for (int i = 0; i < 500; i++) {
      learn(prototypes, near(home));
    }
    byte[] first = directions.of(halves(near(other)));
    double far = prototypes.distance(first);
    assertThat(far).isGreaterThan(0.5);
    assertThat(prototypes.company(first)).isZero();
    for (int i = 0; i < 20; i++) {
      learn(prototypes, near(other));
    }
    byte[] later = directions.of(halves(near(other)));
    assertThat(prototypes.distance(later)).isGreaterThan(0.5);
    assertThat(prototypes.company(later)).isGreaterThanOrEqualTo(3);
    for (int i = 0; i < 40; i++) {
      learn(prototypes, near(other));
    }
    assertThat(prototypes.distance(later)).isLessThan(0.3);
    assertThat(prototypes.company(directions.of(halves(near(home))))).isZero();
  }

  @Test
  void whatIsReadBackGoesOnTheSame() {
    Prototypes one = new Prototypes(100);
    for (int i = 0; i < 300; i++) {
      learn(one, gaussian(64));
    }
    ByteBuffer bytes = ByteBuffer.allocate(Prototypes.BYTES);
    one.write(bytes);
    Prototypes two = new Prototypes(100);
    two.read(bytes.flip());
    for (int i = 0; i < 300; i++) {
      byte[] next = directions.of(halves(gaussian(64)));
      assertThat(two.distance(next)).isEqualTo(one.distance(next)).isBetween(0.0, 2.0);
      one.learn(next, 0.5);
      two.learn(next, 0.5);
    }
  }

  @Test
  void withoutAnyThereIsNoDistance() {
    assertThat(new Prototypes(100).distance(directions.of(halves(gaussian(64))))).isNaN();
  }

  private void learn(Prototypes prototypes, double[] embedding) {
    byte[] direction = directions.of(halves(embedding));
    double distance = prototypes.distance(direction);
    prototypes.learn(direction, distance > 0.5 ? 0.01 : 0.5);
  }

  private double[] near(double[] place) {
    double[] noise = gaussian(place.length);
    for (int i = 0; i < place.length; i++) {
      noise[i] = place[i] + 0.2 * noise[i];
    }
    return noise;
  }

  private double[] gaussian(int size) {
    return random.doubles(size).map(each -> random.nextGaussian()).toArray();
  }

  private static double[] numbers(byte[] direction) {
    double[] numbers = new double[direction.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = direction[i];
    }
    return numbers;
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double own = 0;
    double other = 0;
    for (int i = 0; i < a.length; i++) {
      product += a[i] * b[i];
      own += a[i] * a[i];
      other += b[i] * b[i];
    }
    return product / Math.sqrt(own * other);
  }

  /** Rounds towards zero in the mantissa; enough for these tests. */
  static ByteBuffer halves(double[] values) {
    ByteBuffer halves = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      int bits = Float.floatToIntBits((float) value);
      int exponent = ((bits >>> 23) & 0xff) - 112;
      int half = exponent <= 0 ? 0 : (exponent << 10) | ((bits >>> 13) & 0x3ff);
      halves.putShort((short) (((bits >>> 16) & 0x8000) | half));
    }
    return halves.flip();
  }
}
