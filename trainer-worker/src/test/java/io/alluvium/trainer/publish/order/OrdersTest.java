package io.alluvium.trainer.publish.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersTest {
  private final Orders orders = new Orders();

  @Test
  void theNewestOrderDecidesWhetherItWasForOneOrForAll() {
    assertThat(orders.pause("a")).isEmpty();
    take(0, "1", "a", Command.PAUSE);
    assertThat(orders.pause("a")).map(Order::offset).contains(0L);
    assertThat(orders.pause("b")).isEmpty();
    take(1, "2", "*", Command.RESUME);
    assertThat(orders.pause("a")).isEmpty();
    take(2, "3", "*", Command.PAUSE);
    take(3, "4", "a", Command.RESUME);
    assertThat(orders.pause("a")).isEmpty();
    assertThat(orders.pause("b")).map(Order::offset).contains(2L);
  }

  @Test
  void whatHasNoAnswerIsPendingInTheOrderOfTheTopic() {
    take(3, "1", "a", Command.PAUSE);
    take(5, "2", "*", Command.RESUME);
    take(6, "3", "a", Command.ROLLBACK);
    take(7, "4", "b", Command.PAUSE);
    take(8, "5", "a", Command.ERASE);
    assertThat(offsets("a", 0)).containsExactly(3L, 5L, 6L);
    assertThat(offsets("a", 4)).containsExactly(5L, 6L);
    assertThat(offsets("a", 7)).isEmpty();
    assertThat(offsets("b", 0)).containsExactly(5L, 7L);
  }

  @Test
  void theSameIdTwiceIsOneOrder() {
    take(0, "1", "a", Command.ROLLBACK);
    take(1, "1", "a", Command.ROLLBACK);
    assertThat(offsets("a", 0)).containsExactly(0L);
    assertThat(offsets("a", 1)).isEmpty();
  }

  @Test
  void nobodyGoesBackOrIsFlaggedWithEverybody() {
    take(0, "1", "*", Command.ROLLBACK);
    take(1, "2", "*", Command.FLAG);
    assertThat(offsets("a", 0)).isEmpty();
  }

  /** An answer below an offset that the topic does not have was to a topic of the same name. */
  @Test
  void inATopicMadeAnewNothingIsAnsweredYet() {
    take(0, "1", "a", Command.PAUSE);
    assertThat(offsets("a", 7)).containsExactly(0L);
  }

  private void take(long offset, String id, String adapter, Command command) {
    orders.take(
        offset,
        AdapterCommand.newBuilder()
            .setId(id)
            .setAdapter(adapter)
            .setCommand(command)
            .setIssuedBy("test")
            .setIssuedAt(Instant.EPOCH)
            .build());
  }

  private List<Long> offsets(String adapter, long below) {
    return orders.pending(adapter, below).stream().map(Order::offset).toList();
  }
}
