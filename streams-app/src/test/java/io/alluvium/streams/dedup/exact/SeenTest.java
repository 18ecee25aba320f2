package io.alluvium.streams.dedup.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.streams.journal.Allowance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenTest {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final long START_MS = 500_000L * WINDOW.toMillis();

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final WindowStore<byte[], byte[]> store =
      Stores.windowStoreBuilder(
              Stores.inMemoryWindowStore("dedup-seen", WINDOW.multipliedBy(2), WINDOW, false),
              Serdes.ByteArray(),
              Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** Of 400, so that there is room for all, for some, and for none. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 100, 1})
  void whatIsFoundDoesNotDependOnHowMuchIsKeptInMemoryNorOnRestarts(int most) {
    Random random = new Random(5);
    Seen seen = new Seen(context, WINDOW, new Allowance(most));
    long[] lastMs = new long[200];
    long nowMs = START_MS;
    for (int i = 0; i < 400; i++) {
      nowMs += random.nextInt(60_000);
      int number = random.nextInt(lastMs.length);
      Optional<RecordOrigin> found = seen.first(fingerprint(number), "examples", span(nowMs));
      boolean isKnown = lastMs[number] > nowMs - WINDOW.toMillis();
      assertThat(found.map(RecordOrigin::getOffset))
          .isEqualTo(isKnown ? Optional.of(lastMs[number]) : Optional.empty());
      if (!isKnown) {
        seen.remember(fingerprint(number), new RecordOrigin("examples", 0, nowMs), nowMs);
        lastMs[number] = nowMs;
      }
      if (random.nextInt(40) == 0) {
        seen.close();
        seen = new Seen(context, WINDOW, new Allowance(most));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 24})
  void entriesOfAnotherFormatAreNotFoundAndStopNothing(int bytes) {
    List<Fingerprint> all = IntStream.range(0, 3).mapToObj(SeenTest::fingerprint).toList();
    all.forEach(one -> store.put(one.toBytes(), new byte[bytes], START_MS));
    Seen seen = new Seen(context, WINDOW, new Allowance(1000));
    assertThat(all).allMatch(one -> seen.first(one, "examples", span(START_MS)).isEmpty());
  }

  private static Seen.Span span(long nowMs) {
    return Seen.Span.upTo(nowMs, WINDOW);
  }

  private static Fingerprint fingerprint(int number) {
    Random random = new Random(number);
    return new Fingerprint(random.nextLong(), random.nextLong());
  }
}
