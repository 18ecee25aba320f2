package io.alluvium.streams.novelty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What README.md says of the size of an adapter's state. */
class StateSizeTest {
  private static final int PLACED = 64;

  @Test
  void whatIsUsualForAnAdapterIsThirtySixKilobytesHoweverMuchItWasSent() {
    NoveltyState state = new NoveltyState(new NoveltyConfig(4096, 0.05, 0.1, 4, 0.1, 3, 0.5, 18));
    int first = state.snapshot().length;
    Random random = new Random(1);
    for (int i = 0; i < 3000; i++) {
      state.take(observation(random));
    }
    assertThat(state.snapshot()).hasSize(first).hasSizeLessThan(37_000);
    assertThat(observation(random).toBytes()).hasSizeLessThanOrEqualTo(344);
  }

  private static Observation observation(Random random) {
    short[] features = new short[128];
    for (int i = 0; i < features.length; i++) {
      features[i] = (short) random.nextInt(4096);
    }
    byte[] direction = new byte[PLACED];
    random.nextBytes(direction);
    return new Observation(features, direction, random.nextDouble(), random.nextDouble());
  }
}
