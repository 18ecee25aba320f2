package io.alluvium.streams.dedup.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.streams.dedup.exact.Fingerprint;
import io.alluvium.streams.store.SharedLimit;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenExamplesTest {
  private static final Duration WINDOW = Duration.ofHours(1);
  private static final long START_MS = 500_000L * WINDOW.toMillis() + 7;

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<Bytes, byte[]> blocks = store("dedup-examples");
  private final KeyValueStore<Bytes, byte[]> places = store("dedup-places");

  private static KeyValueStore<Bytes, byte[]> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  @BeforeEach
  void open() {
    blocks.init(context.getStateStoreContext(), blocks);
    places.init(context.getStateStoreContext(), places);
    context.addStateStore(blocks);
    context.addStateStore(places);
  }

  /** Of 400, so that there is room for all, for some, and for none. */
  @ParameterizedTest
  @ValueSource(ints = {1000, 100, 1})
  void whatIsFoundDoesNotDependOnHowMuchIsKeptInMemoryNorOnRestarts(int most) {
    Random random = new Random(5);
    SeenExamples seen = seen(WINDOW, most);
    long[] lastMs = new long[200];
    long nowMs = START_MS;
    for (int i = 0; i < 4000; i++) {
      nowMs += random.nextInt(random.nextInt(10) == 0 ? 300_000 : 200);
      int number = random.nextInt(lastMs.length);
      boolean isKnown = lastMs[number] > nowMs - WINDOW.toMillis();
      OptionalLong expected = isKnown ? OptionalLong.of(lastMs[number]) : OptionalLong.empty();
      assertThat(seen.first(id(number), span(nowMs, WINDOW))).isEqualTo(expected);
      assertThat(seen.first(text(number), span(nowMs, WINDOW))).isEqualTo(expected);
      if (!isKnown) {
        remember(seen, number, nowMs);
        lastMs[number] = nowMs;
      }
      if (random.nextInt(400) == 0) {
        seen.close();
        seen = seen(WINDOW, most);
      }
    }
  }

  @Test
  void aBurstIsAFewRowsAndWhatIsOlderThanTheWindowIsLetGo() {
    SeenExamples seen = seen(WINDOW, 1000);
    for (int number = 0; number < 640; number++) {
      remember(seen, number, START_MS);
    }
    assertThat(rows()).isEqualTo(11);
    for (int hour = 1; hour < 5; hour++) {
      remember(seen, 1000 + hour, START_MS + hour * WINDOW.toMillis());
    }
    assertThat(rows()).isEqualTo(2);
    assertThat(seen.first(id(3), new SeenExamples.Span(0, Long.MAX_VALUE))).isEmpty();
  }

  @Test
  void aLongerWindowFindsWhatTheShorterOneHeld() {
    SeenExamples before = seen(Duration.ofDays(1), 1000);
    remember(before, 1, START_MS);
    before.close();
    SeenExamples after = seen(Duration.ofDays(2), 1000);
    long nowMs = START_MS + Duration.ofHours(1).toMillis();
    assertThat(after.first(id(1), span(nowMs, Duration.ofDays(2)))).hasValue(START_MS);
  }

  private long rows() {
    long rows = 0;
    try (KeyValueIterator<Bytes, byte[]> all = blocks.all()) {
      for (; all.hasNext(); all.next()) {
        rows++;
      }
    }
    return rows;
  }

  private SeenExamples seen(Duration window, int most) {
    return new SeenExamples(context, window, FormerSeenStore.none(), new SharedLimit(most));
  }

  /** Its offset is its time. */
  private static void remember(SeenExamples seen, int number, long nowMs) {
    seen.remember(id(number), text(number), new RecordOrigin("examples", 0, nowMs), nowMs);
  }

  private static SeenExamples.Span span(long nowMs, Duration window) {
    return SeenExamples.Span.upTo(nowMs, window);
  }

  private static Fingerprint id(int number) {
    return fingerprint(new Random(number));
  }

  private static Fingerprint text(int number) {
    return fingerprint(new Random(-number - 1));
  }

  private static Fingerprint fingerprint(Random random) {
    return new Fingerprint(random.nextLong(), random.nextLong());
  }
}
