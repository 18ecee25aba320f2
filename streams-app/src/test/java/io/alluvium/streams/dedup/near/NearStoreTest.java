package io.alluvium.streams.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.streams.store.SharedLimit;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NearStoreTest {
  /** No multiple of a row. */
  private static final int CAPACITY = 21;

  private static final NearWindow.Reach ALL = new NearWindow.Reach(Long.MIN_VALUE, Long.MIN_VALUE);

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("dedup-near"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @Test
  void aWindowReadBackHoldsTheLatestEntriesAndNoOthersAfterBurstsAndPauses() {
    Random random = new Random(3);
    NearWindow expected = new NearWindow(CAPACITY);
    NearStore near = near(CAPACITY);
    long nowMs = 0;
    for (int i = 0; i < 400; i++) {
      nowMs += random.nextInt(5) == 0 ? 101 : 0;
      context.setCurrentSystemTimeMs(nowMs);
      near.remember("a", 7L * i, 3L * i, signature(i));
      near.remember("b", 7L * i, 3L * i, signature(-1 - i));
      expected.add(new NearWindow.Entry(i, 7L * i, 3L * i, signature(i)));
      if (random.nextInt(3) == 0) {
        near = near(CAPACITY);
      }
      NearWindow window = near(CAPACITY).window("a");
      assertThat(window.nextSequence()).isEqualTo(i + 1);
      for (int old = Math.max(0, i - 2 * CAPACITY); old <= i; old++) {
        assertThat(found(window, old)).isEqualTo(found(expected, old)).isEqualTo(isIn(old, i));
      }
    }
  }

  private static Optional<Long> isIn(int number, int last) {
    return number > last - CAPACITY ? Optional.of(3L * number) : Optional.empty();
  }

  private static Optional<Long> found(NearWindow window, int number) {
    return window
        .find(signature(number), Banding.of(0.8), ALL)
        .map(match -> match.entry().offset());
  }

  @Test
  void aBurstTakesOneSlotForEightEntries() {
    context.setCurrentSystemTimeMs(0);
    NearStore near = near(CAPACITY);
    for (int i = 0; i < 16; i++) {
      near.remember("a", 0, i, signature(i));
    }
    assertThat(store.approximateNumEntries()).isEqualTo(2);
  }

  /** Whatever the ring was made for before, the latest are found, and nothing that never was. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aRingOfAnotherSizeIsRead(long seed) {
    Random random = new Random(seed);
    int least = 0;
    long nowMs = 0;
    int next = 0;
    for (int start = 0; start < 40; start++) {
      int capacity = 1 + random.nextInt(60);
      least = Math.min(least, capacity);
      NearStore near = near(capacity);
      int stored = Math.min(least, next);
      assertThat(near.window("a").nextSequence()).isEqualTo(next);
      for (int old = next - stored; old < next; old++) {
        assertThat(found(near.window("a"), old)).contains(3L * old);
      }
      for (int old = Math.max(0, next - 200); old < next - capacity; old++) {
        assertThat(found(near.window("a"), old)).isEmpty();
      }
      for (int more = random.nextInt(100); more > 0; more--, next++) {
        nowMs += random.nextInt(5) == 0 ? 101 : 0;
        context.setCurrentSystemTimeMs(nowMs);
        near.remember("a", 7L * next, 3L * next, signature(next));
        least = Math.min(least + 1, capacity);
      }
    }
  }

  @Test
  void anAdapterOfWhichNothingCountsAnyMoreIsLetGo() {
    context.setCurrentSystemTimeMs(0);
    NearStore near = near(CAPACITY);
    for (int i = 0; i < 50; i++) {
      near.remember("old", i, i, signature(i));
      near.remember("older", i, i, signature(i));
      near.remember("mixed", 20L * i, i, signature(i));
    }
    near.sweep(50);
    assertThat(near.window("old").nextSequence()).isZero();
    assertThat(near(CAPACITY).window("older").nextSequence()).isZero();
    assertThat(near(CAPACITY).window("mixed").nextSequence()).isEqualTo(50);
    near.remember("old", 60, 60, signature(60));
    assertThat(found(near(CAPACITY).window("old"), 60)).contains(60L);
    near.sweep(5000);
    assertThat(store.approximateNumEntries()).isZero();
  }

  @Test
  void whatAnotherFormatWroteIsRefused() {
    store.put(
        Bytes.wrap("a\0\0\0\0\0".getBytes(StandardCharsets.UTF_8)),
        new byte[3 * Long.BYTES + Signature.PLACES * Short.BYTES]);
    NearStore near = near(CAPACITY);
    assertThatThrownBy(() -> near.window("a"))
        .hasMessage(
            "store dedup-near holds format 0, this build reads 2: reset the application's state");
  }

  private NearStore near(int capacity) {
    return new NearStore(context, capacity, new SharedLimit(1_000_000));
  }

  private static short[] signature(int number) {
    Random random = new Random(number);
    short[] signature = new short[Signature.PLACES];
    for (int i = 0; i < signature.length; i++) {
      signature[i] = (short) random.nextInt();
    }
    return signature;
  }
}
