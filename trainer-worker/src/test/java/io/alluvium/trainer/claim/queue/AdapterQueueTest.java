package io.alluvium.trainer.claim.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.claim.queue.Arrival.Side;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterQueueTest {
  private static final WindowLimits ONE_BY_ONE =
      new WindowLimits(
          1,
          Integer.MAX_VALUE,
          Duration.ofSeconds(1),
          1,
          new WindowLimits.Longest(Duration.ofSeconds(1), 1));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatGoesInComesOutThoughTimesGoBackwards(long seed) {
    Random random = new Random(seed);
    AdapterQueue queue = new AdapterQueue();
    ArrayDeque<Arrival> expected = new ArrayDeque<>();
    long offset = 0;
    for (int step = 0; step < 20_000; step++) {
      if (expected.isEmpty() || random.nextInt(5) < 3) {
        offset += 1 + (random.nextInt(100) == 0 ? random.nextLong(1L << 45) : random.nextInt(9));
        Arrival arrival =
            new Arrival(
                "a",
                offset,
                random.nextInt(10) == 0 ? Integer.MAX_VALUE : random.nextInt(400),
                random.nextLong(1L << 42),
                random.nextBoolean() ? Side.HELD_OUT : Side.TRAINING);
        queue.add(arrival);
        expected.add(arrival);
      } else {
        Arrival first = expected.remove();
        assertThat(queue.firstAppendedMs()).isEqualTo(first.appendedMs());
        assertThat(queue.take(ONE_BY_ONE)).containsExactly(first.offset());
      }
      assertThat(queue.size()).isEqualTo(expected.size());
    }
    assertThat(queue.tokens()).isEqualTo(expected.stream().mapToLong(Arrival::tokens).sum());
    assertThat(queue.heldOut())
        .isEqualTo(expected.stream().filter(one -> one.side() == Side.HELD_OUT).count());
  }
}
