package io.alluvium.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
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

    assertThat(Objects.requireNonNull(carried.key()).remaining()).isEqualTo(LIMIT.keyBytes());
    assertThat(Objects.requireNonNull(carried.value()).remaining()).isEqualTo(LIMIT.refusedBytes());
    assertThat(carried.headers().toArray()).extracting(each -> each.key()).containsExactly("small");
    assertThat(carried.note())
        .isEqualTo(
            " (key cut to 32768 of 500000 bytes, value cut to 933888 of 1000000 bytes,"
                + " headers cut to 23 of 900038 bytes; the origin has all)");
    assertThat(2 * LIMIT.keyBytes() + LIMIT.headerBytes() + LIMIT.refusedBytes())
        .isLessThan(LIMIT.bytes() - 12_000);
  }

  @Test
  void aTextThatIsTooLongIsCutAndSaysSo() {
    assertThat(Carried.text("a".repeat(1_000))).hasSize(1_000);
    assertThat(Carried.text("a".repeat(1_001))).isEqualTo("a".repeat(1_000) + "…");
  }

  /** A stage adds to what it takes in: losses and embedding to an example, a weight to a score. */
  @Test
  void whatIsTakenInLeavesRoomForWhatIsAdded() {
    assertThat(LIMIT.exampleBytes()).isLessThanOrEqualTo(LIMIT.scoredBytes() - LIMIT.bytes() / 8);
    assertThat(LIMIT.scoredBytes() + LIMIT.keyBytes() + LIMIT.headerBytes())
        .isLessThanOrEqualTo(LIMIT.bytes() - LIMIT.bytes() / 16);
    assertThat(LIMIT.stateBytes()).isLessThan(LIMIT.bytes());
  }

  @Test
  void aRecordIsSentThatIsNotLargerThanTheLimitWithAllThatKafkaPutsAroundIt() {
    assertThat(
            LIMIT.holds(new ProducerRecord<>("t", new byte[10], new byte[LIMIT.bytes() - 2_000])))
        .isTrue();
    assertThat(LIMIT.holds(new ProducerRecord<>("t", new byte[10], new byte[LIMIT.bytes() - 10])))
        .isFalse();
    assertThat(LIMIT.holds(new ProducerRecord<>("t", null, null))).isTrue();
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
    assertThatThrownBy(() -> SendLimit.of(Map.of("max.request.size", "1 MB")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max.request.size is 1 MB, must be a number of bytes");
  }
}
