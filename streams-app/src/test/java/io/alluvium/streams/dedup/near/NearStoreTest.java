package io.alluvium.streams.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.streams.journal.Allowance;
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
    return new NearStore(context, capacity, new Allowance(1_000_000));
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
