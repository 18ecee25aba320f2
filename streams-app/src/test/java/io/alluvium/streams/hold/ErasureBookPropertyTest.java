package io.alluvium.streams.hold;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

class ErasureBookPropertyTest {
  private static final List<String> ADAPTERS = List.of("a", "b", "*");
  private static final int MOST_MS = 1_000;

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();

  private void open() {
    KeyValueStore<Bytes, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("orders"), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** The obvious way: every order is asked of every example. */
  @Property(tries = 100)
  void anExampleIsMeantWhenAnyOrderThatIsNotDroppedMeansItAlsoByABookThatWasReadAgain(
      @ForAll long seed) {
    Random random = new Random(seed);
    open();
    List<Erasure> orders = new ArrayList<>();
    ErasureBook book = new ErasureBook(context, "orders");
    for (int number = random.nextInt(20); number > 0; number--) {
      Erasure order = order(number, random);
      orders.add(order);
      book.take(order);
      int then = random.nextInt(3);
      if (then == 0) {
        book.finish(book.toDo().orElseThrow());
      } else if (then == 1) {
        ErasureBook.Entry done = book.toDo().orElseThrow();
        orders.remove(done.erasure());
        book.drop(done);
      }
    }
    ErasureBook again = new ErasureBook(context, "orders");
    assertThat(again.toDo().isPresent()).isEqualTo(book.toDo().isPresent());
    for (int i = 0; i < 50; i++) {
      String adapter = ADAPTERS.get(random.nextInt(2));
      ScoredExample scored = scored(adapter, random);
      KeptExample kept = kept(scored, random);
      boolean expected =
          orders.stream()
              .anyMatch(order -> order.isFor(adapter) && order.means(kept, () -> scored));
      Supplier<ScoredExample> content = () -> scored;
      assertThat(book.meaning(adapter, kept, content).isPresent()).isEqualTo(expected);
      assertThat(again.meaning(adapter, kept, content).isPresent()).isEqualTo(expected);
    }
  }

  @Property(tries = 20)
  void whatIsNotFinishedGoesOnWhereItWas(@ForAll long seed) {
    Random random = new Random(seed);
    open();
    ErasureBook book = new ErasureBook(context, "orders");
    book.take(order(1, random));
    book.goOn(book.toDo().orElseThrow(), "b0/some");
    ErasureBook again = new ErasureBook(context, "orders");
    assertThat(again.toDo().orElseThrow().after()).isEqualTo("b0/some");
    again.finish(again.toDo().orElseThrow());
    assertThat(again.toDo()).isEmpty();
    assertThat(new ErasureBook(context, "orders").toDo()).isEmpty();
    assertThat(new ErasureBook(context, "orders").isEmpty()).isFalse();
    again.forget(MOST_MS + Erasure.UNDER_WAY.toMillis() + 1, 10);
    assertThat(new ErasureBook(context, "orders").isEmpty()).isTrue();
  }

  private static Erasure order(int number, Random random) {
    String argument =
        switch (random.nextInt(4)) {
          case 0 -> Erasure.subject("s" + random.nextInt(4));
          case 1 -> Erasure.example("e" + random.nextInt(8));
          case 2 -> "accepted:%d:%d-%d".formatted(random.nextInt(2), random.nextInt(9), 9);
          default -> "offsets:%d:%d-%d".formatted(random.nextInt(2), random.nextInt(9), 9);
        };
    return Erasure.of(
            new AdapterCommand(
                "order" + number,
                ADAPTERS.get(random.nextInt(ADAPTERS.size())),
                Command.ERASE,
                null,
                argument,
                "test",
                Instant.ofEpochMilli(random.nextInt(MOST_MS)),
                null))
        .orElseThrow();
  }

  private static KeptExample kept(ScoredExample scored, Random random) {
    TrainingExample example = scored.getExample();
    String subject = example.getSubject();
    return new KeptExample(
        0,
        1,
        0,
        StableHash.of(example.getId()),
        subject == null ? 0 : StableHash.of(subject),
        random.nextInt(2),
        random.nextInt(12),
        random.nextInt(MOST_MS));
  }

  private static ScoredExample scored(String adapter, Random random) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId("e" + random.nextInt(8))
            .setAdapter(adapter)
            .setCompletion("b")
            .setSubject(random.nextBoolean() ? "s" + random.nextInt(4) : null)
            .setEventTime(Instant.ofEpochMilli(random.nextInt(MOST_MS)))
            .build();
    return ScoredExample.newBuilder()
        .setExample(example)
        .setOrigin(
            new RecordOrigin("examples.accepted", random.nextInt(2), (long) random.nextInt(12)))
        .setBaseDigest("b0")
        .setPromptTokens(1)
        .setResponseTokens(1)
        .setBaseLoss(1)
        .setScorerVersion("test")
        .setScoredAt(Instant.ofEpochMilli(random.nextInt(MOST_MS)))
        .build();
  }
}
