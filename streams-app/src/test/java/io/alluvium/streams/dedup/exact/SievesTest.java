package io.alluvium.streams.dedup.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SievesTest {
  private static final int MANY = 50_000;

  private final Sieves sieves = new Sieves();

  @Test
  void whatWasAddedMayBeThereInItsSliceAndHardlyAnythingElse() {
    IntStream.range(0, MANY).forEach(i -> sieves.add(10, fingerprint(i), MANY));
    assertThat(IntStream.range(0, MANY)).allMatch(i -> sieves.mayHold(10, fingerprint(i)));
    assertThat(IntStream.range(0, MANY)).noneMatch(i -> sieves.mayHold(20, fingerprint(i)));
    assertThat(IntStream.range(MANY, 2 * MANY).filter(i -> sieves.mayHold(10, fingerprint(i))))
        .hasSizeLessThan(10);
  }

  @Test
  void aFingerprintOfZeroesIsOneLikeOthers() {
    assertThat(sieves.mayHold(10, new Fingerprint(1, 0))).isFalse();
    sieves.add(10, new Fingerprint(1, 0), 2);
    assertThat(sieves.mayHold(10, new Fingerprint(1, 0))).isTrue();
  }

  @Test
  void whatDoesNotFitMakesEverythingUpToThenPossible() {
    IntStream.range(0, 5).forEach(i -> sieves.add(10, fingerprint(i), 5));
    assertThat(sieves.mayHold(10, fingerprint(99))).isFalse();
    sieves.add(20, fingerprint(5), 5);
    assertThat(sieves.mayHold(10, fingerprint(99))).isTrue();
    assertThat(sieves.mayHold(20, fingerprint(99))).isTrue();
    assertThat(sieves.size()).isZero();
    sieves.add(30, fingerprint(6), 5);
    assertThat(sieves.mayHold(30, fingerprint(6))).isTrue();
    assertThat(sieves.mayHold(30, fingerprint(99))).isFalse();
  }

  @Test
  void forgottenSlicesTakeNoRoom() {
    sieves.add(10, fingerprint(1), 2);
    sieves.add(20, fingerprint(2), 2);
    sieves.forgetBefore(20);
    sieves.add(20, fingerprint(3), 2);
    assertThat(sieves.size()).isEqualTo(2);
    assertThat(sieves.mayHold(20, fingerprint(2))).isTrue();
  }

  private static Fingerprint fingerprint(int number) {
    Random random = new Random(number);
    return new Fingerprint(random.nextLong(), random.nextLong());
  }
}
