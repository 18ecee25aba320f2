package io.alluvium.streams.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.store.SharedLimit;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
  private static final int STEPS = 8;
  private static final Duration IDLE = Duration.ofDays(30);

  private MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private KeyValueStore<Bytes, byte[]> store = store();

  private static KeyValueStore<Bytes, byte[]> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore("numbers"), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled()
        .build();
  }

  @BeforeEach
  void open() {
    context = new MockProcessorContext<>();
    store = store();
    context.setCurrentSystemTimeMs(0);
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @Test
  void whatWasTakenIsThereAfterAnyNumberOfStepsForManyNames() {
    Map<String, Long> expected = new HashMap<>();
    Random random = new Random(2);
    Journal<Sum> journal = journal(3);
    for (int i = 0; i < 1000; i++) {
      context.setCurrentSystemTimeMs(random.nextInt(3) * 60L * i);
      String name = "n" + random.nextInt(7);
      long more = random.nextInt(100);
      add(journal, name, more);
      expected.merge(name, more, Long::sum);
      if (i % 97 == 0) {
        journal = journal(3);
      }
      for (Map.Entry<String, Long> each : expected.entrySet()) {
        assertThat(journal.state(each.getKey()).sum).isEqualTo(each.getValue());
      }
    }
  }

  @Test
  void aNameThatBeginsLikeAnotherIsAnother() {
    Journal<Sum> journal = journal(1);
    add(journal, "a", 1);
    add(journal, "a\u0000", 2);
    add(journal, "ab", 4);
    assertThat(journal(1).state("a").sum).isEqualTo(1);
    assertThat(journal(1).state("ab").sum).isEqualTo(4);
  }

  @Test
  void theStoreHoldsOneRingPerName() {
    Journal<Sum> journal = journal(1);
    IntStream.range(0, 1000).forEach(i -> add(journal, "a", 1));
    assertThat(store.approximateNumEntries()).isLessThanOrEqualTo(STEPS);
  }

  @Test
  void stepsThatFollowEachOtherShareASlotAndAfterAPauseTheNextOneBegins() {
    Journal<Sum> journal = journal(1);
    IntStream.range(0, 3).forEach(i -> add(journal, "a", 1));
    assertThat(store.approximateNumEntries()).isEqualTo(1);
    context.setCurrentSystemTimeMs(10_000);
    IntStream.range(0, 2).forEach(i -> add(journal, "a", 1));
    assertThat(store.approximateNumEntries()).isEqualTo(2);
    assertThat(journal(1).state("a").sum).isEqualTo(5);
  }

  @Test
  void tasksShareWhatIsKeptDecodedAndGiveItBack() {
    SharedLimit decoded = new SharedLimit(6);
    Journal<Sum> one = journal(decoded);
    Journal<Sum> two = journal(decoded);
    assertThat(decoded.share()).isEqualTo(3);
    add(one, "a", 1);
    two.close();
    assertThat(decoded.share()).isEqualTo(6);
    assertThat(one.state("a").sum).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 29, 100})
  void namesInStretchesAreAllNamesInOrder(int most) {
    Journal<Sum> journal = journal(3);
    Random random = new Random(most);
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 0; i < 60; i++) {
      String name = "b" + random.nextInt(3) + "/" + random.nextInt(20);
      add(journal, name, i);
      journal.seen(name, i);
      expected.add(name);
    }
    List<String> found = new ArrayList<>();
    String after = null;
    do {
      Journal.Stretch stretch = journal.names(after, new Journal.Reading(most, 2 * most));
      found.addAll(stretch.names());
      after = stretch.last();
    } while (after != null);
    assertThat(found).containsExactlyElementsOf(expected);
  }

  @Test
  void whatWasIdleForTooLongBeginsAnewWhetherItWasSweptAwayOrNot() {
    for (boolean isSwept : new boolean[] {true, false}) {
      open();
      Sums sums = new Sums();
      Journal<Sum> journal = journal(sums, new SharedLimit(1));
      journal.seen("dead", 0);
      IntStream.range(0, 12).forEach(i -> add(journal, "dead", 1));
      journal.seen("alive", 0);
      add(journal, "alive", 1);
      long later = IDLE.toMillis() + 1;
      journal.seen("alive", IDLE.toMillis() / 2);
      journal.seen("other", later);
      if (isSwept) {
        journal.sweep();
        assertThat(journal.names(null, new Journal.Reading(9, 99)).names())
            .containsExactly("alive", "other");
      }
      journal.seen("dead", later);
      assertThat(journal.state("dead").sum).isZero();
      assertThat(journal.state("alive").sum).isEqualTo(1);
      assertThat(sums.ended).containsExactly("dead 12");
      assertThat(journal(1).state("dead").sum).isZero();
    }
  }

  @Test
  void aNameOfABuildThatDidNotNoteWhenItWasSeenIsIdleFromTheFirstSweepOn() {
    Journal<Sum> journal = journal(1);
    add(journal, "old", 5);
    journal.seen("other", IDLE.toMillis());
    journal.sweep();
    assertThat(journal.state("old").sum).isEqualTo(5);
    journal.seen("other", 2 * IDLE.toMillis());
    journal.sweep();
    assertThat(journal.state("old").sum).isEqualTo(5);
    journal.seen("other", 2 * IDLE.toMillis() + 1);
    journal.sweep();
    assertThat(journal.knows("old")).isFalse();
  }

  @Test
  void whenANameWasSeenIsWrittenOnceInAThirtiethOfTheIdleTime() {
    Journal<Sum> journal = journal(1);
    for (long hour = 0; hour < 24 * 30; hour++) {
      journal.seen("a", Duration.ofHours(hour).toMillis());
    }
    assertThat(store.approximateNumEntries()).isEqualTo(1);
    journal.seen("b", Duration.ofDays(59).toMillis());
    journal.sweep();
    assertThat(store.approximateNumEntries()).isEqualTo(2);
  }

  private static void add(Journal<Sum> journal, String name, long more) {
    journal.state(name).sum += more;
    journal.took(name, ByteBuffer.allocate(Long.BYTES).putLong(more).array());
  }

  private Journal<Sum> journal(int decoded) {
    return journal(new SharedLimit(decoded));
  }

  private Journal<Sum> journal(SharedLimit decoded) {
    return journal(new Sums(), decoded);
  }

  private Journal<Sum> journal(Sums sums, SharedLimit decoded) {
    Journal.Keeping keeping = new Journal.Keeping(decoded, IDLE);
    return new Journal<>(context, "numbers", new Journal.Kind<>(sums, STEPS, keeping));
  }

  private static final class Sum implements Journaled {
    private long sum;

    @Override
    public byte[] snapshot() {
      return ByteBuffer.allocate(Long.BYTES).putLong(sum).array();
    }

    @Override
    public void redo(ByteBuffer step) {
      sum += step.getLong();
    }
  }

  private record Sums(List<String> ended) implements Journal.Format<Sum> {
    Sums() {
      this(new ArrayList<>());
    }

    @Override
    public void ended(String name, Sum sum) {
      ended.add(name + " " + sum.sum);
    }

    @Override
    public Sum fresh() {
      return new Sum();
    }

    @Override
    public Sum read(ByteBuffer snapshot) {
      Sum sum = new Sum();
      sum.sum = snapshot.getLong();
      return sum;
    }
  }
}
