package io.alluvium.cli.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTest {
  private final Waiting waiting = new Waiting();

  @BeforeEach
  void threeExamplesOfOneAdapterAndOneOfAnother() {
    put("support", "1", "ann", 10);
    put("support", "2", "ben", 10);
    put("support", "3", "ann", 30);
    put("sales", "1", "ann", 10);
  }

  /** To erase means what happened before, whenever it came to wait: all of these did. */
  @ParameterizedTest
  @CsvSource({
    "APPROVE, review:1, '2,3'",
    "DROP, review:*, '3'",
    "ERASE, id:2, '1,3'",
    "ERASE, subject:ann, '2'",
    "ERASE, review:1, '1,2,3'",
    "PAUSE, review:1, '1,2,3'"
  })
  void anOrderMeansWhatWaitedWhenItWasGiven(Command command, String argument, String left) {
    waiting.obey(order(command, argument, 20));

    assertThat(String.join(",", waiting.of("support"))).isEqualTo(left);
    assertThat(waiting.of("sales")).containsExactly("1");
  }

  @Test
  void whatExpiredWaitsNoLonger() {
    waiting.refused(rejection("2", "REVIEW_EXPIRED", 20));
    waiting.refused(rejection("1", "OVER_BUDGET", 20));
    assertThat(waiting.of("support")).containsExactly("1", "3");
  }

  @Test
  void anEarlierRefusalDoesNotEndALaterReview() {
    waiting.refused(rejection("3", "DROPPED", 20));
    assertThat(waiting.of("support")).containsExactly("1", "2", "3");
  }

  private void put(String adapter, String id, String subject, long second) {
    waiting.put(new Waiting.Item(at(second), Reviewed.example(adapter, id, subject)));
  }

  private static AdapterCommand order(Command command, String argument, long second) {
    return AdapterCommand.newBuilder()
        .setId("o")
        .setAdapter("support")
        .setCommand(command)
        .setArgument(argument)
        .setIssuedBy("test")
        .setIssuedAt(at(second))
        .build();
  }

  private static Rejection rejection(String id, String reason, long second) {
    return Rejection.newBuilder()
        .setStage("route")
        .setReason(reason)
        .setDetail("")
        .setAdapter("support")
        .setExampleId(id)
        .setOrigin(new RecordOrigin("examples.scored", 0, 0L))
        .setApplication("test")
        .setRejectedAt(at(second))
        .build();
  }

  private static Instant at(long second) {
    return Reviewed.TIME.plusSeconds(second);
  }
}
