package io.alluvium.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A rejection always fits into one record. */
class CarriedTest {
  private static final SendLimit LIMIT = SendLimit.KAFKA_DEFAULT;

  @Test
  void whatFitsIsCarriedWholeAndNothingIsSaidOfIt() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", new byte[] {1});
    Carried carried =
        Carried.of(new Carried.Raw(new byte[] {5}, new byte[] {6, 7}, headers), LIMIT);

    assertThat(carried.key()).isEqualTo(ByteBuffer.wrap(new byte[] {5}));
    assertThat(Objects.requireNonNull(carried.value()).remaining()).isEqualTo(2);
    assertThat(carried.headers()).isEqualTo(headers);
    assertThat(carried.note()).isEmpty();
  }

  @Test
  void whatIsTooLongIsCutAndTheNoteSaysHowLongItWas() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("small", new byte[8]);
    headers.add("large", new byte[900_000]);
    Carried carried =
        Carried.of(new Carried.Raw(new byte[500_000], new byte[1_000_000], headers), LIMIT);

    assertThat(carried.note())
        .isEqualTo(
            " (key cut to 32768 of 500000 bytes, value cut to 933888 of 1000000 bytes,"
                + " headers cut to 23 of 900038 bytes; the origin has all)");
    assertThat(2 * LIMIT.keyBytes() + LIMIT.headerBytes() + LIMIT.refusedBytes())
        .isLessThan(LIMIT.bytes() - 12_000);
  }

  @Test
  void theProducersSettingIsTheLimitAndOneThatIsTooSmallIsRefusedInOneLine() {
    assertThat(SendLimit.of(Map.of())).isEqualTo(LIMIT);
    assertThat(SendLimit.of(Map.of("max.request.size", "2000000")).bytes()).isEqualTo(2_000_000);
    assertThat(
            SendLimit.of(
                    Map.of("max.request.size", "2000000", "producer.max.request.size", "3000000"))
                .bytes())
        .isEqualTo(3_000_000);
    assertThatThrownBy(() -> SendLimit.of(Map.of("max.request.size", "100")))
        .hasMessage("max.request.size is 100, must be at least 65536");
  }
}
