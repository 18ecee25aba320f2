package io.alluvium.streams.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErasureTest {
  private static final Kept KEPT = new Kept(0, 1, 0, Hash.of("e7"), Hash.of("ann"), 2, 41, 1_000);

  @ParameterizedTest
  @CsvSource({
    "subject:ann, true",
    "subject:bob, false",
    "id:e7, true",
    "id:e8, false",
    "offsets:2:41-42, true",
    "offsets:2:0-41, false",
    "offsets:1:41-42, false"
  })
  void anArgumentNamesWhatGoes(String argument, boolean goes) {
    assertThat(Erasure.of(order(Command.ERASE, argument, 1_000)).orElseThrow().test(KEPT))
        .isEqualTo(goes);
  }

  @Test
  void whatCameAfterTheOrderStays() {
    assertThat(Erasure.of(order(Command.ERASE, "id:e7", 999)).orElseThrow().test(KEPT)).isFalse();
  }

  @Test
  void otherOrdersAndOtherFormsMeanNothing() {
    assertThat(Erasure.of(order(Command.PAUSE, "id:e7", 1_000))).isEmpty();
    assertThat(Erasure.of(order(Command.ERASE, "offsets:2:x", 1_000))).isEmpty();
    assertThat(Erasure.of(order(Command.ERASE, "everything", 1_000))).isEmpty();
  }

  private static AdapterCommand order(Command command, String argument, long issuedMs) {
    return new AdapterCommand(
        "1", "a", command, null, argument, "test", Instant.ofEpochMilli(issuedMs));
  }
}
