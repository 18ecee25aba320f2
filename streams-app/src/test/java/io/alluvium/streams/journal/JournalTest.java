package io.alluvium.streams.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final int STEPS = 8;

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("numbers"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
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
    Allowance decoded = new Allowance(6);
    Journal<Sum> one = journal(decoded);
    Journal<Sum> two = journal(decoded);
    assertThat(decoded.share()).isEqualTo(3);
    add(one, "a", 1);
    two.close();
    assertThat(decoded.share()).isEqualTo(6);
    assertThat(one.state("a").sum).isEqualTo(1);
  }

  private static void add(Journal<Sum> journal, String name, long more) {
    journal.state(name).sum += more;
    journal.took(name, ByteBuffer.allocate(Long.BYTES).putLong(more).array());
  }

  private Journal<Sum> journal(int decoded) {
    return journal(new Allowance(decoded));
  }

  private Journal<Sum> journal(Allowance decoded) {
    return new Journal<>(context, "numbers", new Journal.Kind<>(new Sums(), STEPS, decoded));
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

  private record Sums() implements Journal.Format<Sum> {
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
