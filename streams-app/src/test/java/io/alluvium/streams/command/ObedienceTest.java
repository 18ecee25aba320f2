package io.alluvium.streams.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.streams.command.CommandBook.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

class ObedienceTest {
  private static final int MANY = 1_000;

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<Bytes, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("orders"), Serdes.Bytes(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** Whenever a task looks, and however often it begins again with a book that was read anew. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyOrderIsGivenOnceInTheOrderOfTheTopic(long seed) {
    Random random = new Random(seed);
    List<String> given = new ArrayList<>();
    for (int known = 0; known <= 100; known += random.nextInt(9)) {
      Obedience obedience = new Obedience(context, "orders", book("a", 0, known));
      for (int looks = random.nextInt(3); looks > 0; looks--) {
        given.addAll(ids(obedience.next(1 + random.nextInt(5))));
      }
    }
    CommandBook all = book("a", 0, 100);
    given.addAll(ids(new Obedience(context, "orders", all).next(MANY)));
    assertThat(given)
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> "a" + i).toList());
  }

  @Test
  void whatRetentionTookShiftsNothing() {
    assertThat(ids(obedience(book("a", 0, 10)).next(MANY))).hasSize(10);
    assertThat(ids(obedience(book("a", 7, 12)).next(MANY))).containsExactly("a10", "a11");
    assertThat(ids(obedience(book("a", 11, 13)).next(MANY))).containsExactly("a12");
  }

  @Test
  void ordersOfATopicThatTookTheOldOnesPlaceAreObeyed() {
    assertThat(ids(obedience(book("a", 0, 10)).next(MANY))).hasSize(10);
    assertThat(ids(obedience(book("b", 0, 3)).next(MANY))).containsExactly("b0", "b1", "b2");
    assertThat(ids(obedience(book("b", 0, 3)).next(MANY))).isEmpty();
  }

  @Test
  void aBookThatIsBehindIsNoOtherTopic() {
    assertThat(ids(obedience(book("a", 0, 10)).next(MANY))).hasSize(10);
    assertThat(ids(obedience(book("a", 0, 4)).next(MANY))).isEmpty();
    assertThat(ids(obedience(new CommandBook()).next(MANY))).isEmpty();
    assertThat(ids(obedience(book("a", 0, 11)).next(MANY))).containsExactly("a10");
  }

  @Test
  void anIdThatComesAgainIsNoOrderAlsoWhenTheFirstIsGone() {
    CommandBook book = book("a", 0, 3);
    stands(book, 3, "a1");
    assertThat(ids(obedience(book).next(MANY))).containsExactly("a0", "a1", "a2");
    CommandBook later = new CommandBook();
    stands(later, 2, "a2");
    stands(later, 3, "a1");
    assertThat(ids(obedience(later).next(MANY))).isEmpty();
  }

  private Obedience obedience(CommandBook book) {
    return new Obedience(context, "orders", book);
  }

  private static List<String> ids(List<CommandBook.Order> orders) {
    return orders.stream().map(order -> order.command().getId()).toList();
  }

  private static CommandBook book(String name, int first, int next) {
    CommandBook book = new CommandBook();
    IntStream.range(first, next).forEach(offset -> stands(book, offset, name + offset));
    return book;
  }

  private static void stands(CommandBook book, long offset, String id) {
    Place place = new Place(0, offset);
    book.stands(place, id.hashCode());
    book.take(
        place,
        new AdapterCommand(id, "a", Command.ERASE, null, "id:1", "test", Instant.EPOCH, null));
  }
}
