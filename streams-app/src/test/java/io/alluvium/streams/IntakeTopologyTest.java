package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.record.Messages;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTopologyTest {
  private static final byte[] KEY = "support".getBytes(UTF_8);

  private Rig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new Rig(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void anExampleGoesThroughUnchangedWithItsKeyAndTimestamp() {
    var example = Rig.example("1", "Restart it.").build();
    rig.produce(example);
    var record = rig.records(rig.topics().accepted()).get(0);
    assertThat(record.key()).isEqualTo(KEY);
    assertThat(record.getRecordTime()).isEqualTo(Rig.START);
    assertThat(record.value()).isEqualTo(rig.bytes(rig.topics().accepted(), example));
    assertThat(rig.rejected()).isEmpty();
  }

  @Test
  void bytesThatAreNoWireFormatAreRejectedWhole() {
    byte[] value = "just text".getBytes(UTF_8);
    Rejection rejection = rejectionOf(KEY, value);
    assertThat(rejection.getStage()).isEqualTo("admit");
    assertThat(rejection.getReason()).isEqualTo("UNDECODABLE");
    assertThat(rejection.getDetail()).contains("0x6a");
    assertThat(rejection.getKey()).isEqualTo(ByteBuffer.wrap(KEY));
    assertThat(rejection.getValue()).isEqualTo(ByteBuffer.wrap(value));
    assertThat(rejection.getOrigin().getTopic()).isEqualTo("examples");
    assertThat(rejection.getOrigin().getOffset()).isZero();
    assertThat(rejection.getApplication()).startsWith("streams-app ");
    assertThat(rejection.getAdapter()).isNull();
    assertThat(rejection.getRejectedAt()).isEqualTo(Rig.START);
  }

  @Test
  void tooFewBytesAreRejected() {
    assertThat(rejectionOf(KEY, new byte[] {0, 0, 0}).getReason()).isEqualTo("UNDECODABLE");
  }

  @Test
  void anUnknownSchemaIdIsRejected() {
    Rejection rejection = rejectionOf(KEY, new byte[] {0, 0, 0, 9, 9, 1, 2});
    assertThat(rejection.getReason()).isEqualTo("UNKNOWN_SCHEMA");
    assertThat(rejection.getDetail()).contains("2313");
  }

  @Test
  void aValueOfAnotherTopicsTypeIsRejected() {
    byte[] value = rig.bytes(rig.topics().reports(), Messages.of("user", "hello"));
    Rejection rejection = rejectionOf(KEY, value);
    assertThat(rejection.getReason()).isEqualTo("WRONG_TYPE");
    assertThat(rejection.getDetail()).contains("io.alluvium.schemas.Message");
  }

  @Test
  void everyTruncationOfAGoodValueIsRejectedAndNothingStops() {
    byte[] whole = rig.bytes(rig.topics().examples(), Rig.example("1", "Restart it.").build());
    for (int length = 0; length < whole.length; length++) {
      rig.produceRaw(KEY, Arrays.copyOf(whole, length));
    }
    assertThat(rig.rejected()).hasSize(whole.length);
    rig.produceRaw(KEY, whole);
    assertThat(rig.accepted()).hasSize(1);
  }

  @Test
  void bytesBehindAValueAreRejectedWithIt() {
    byte[] whole = rig.bytes(rig.topics().examples(), Rig.example("1", "Restart it.").build());
    byte[] longer = Arrays.copyOf(whole, whole.length + 3);
    rig.produceRaw(KEY, longer);
    rig.produceRaw(KEY, whole);
    rig.produceRaw(KEY, longer);
    assertThat(rig.accepted()).hasSize(1);
    assertThat(rig.rejected())
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.getReason()).isEqualTo("UNDECODABLE"))
        .allSatisfy(one -> assertThat(one.getDetail()).contains("3 bytes"))
        .allSatisfy(one -> assertThat(one.getValue()).isEqualTo(ByteBuffer.wrap(longer)));
  }

  @Test
  void aTombstoneIsRejected() {
    Rejection rejection = rejectionOf(KEY, null);
    assertThat(rejection.getReason()).isEqualTo("NO_VALUE");
    assertThat(rejection.getValue()).isNull();
  }

  @Test
  void aMissingKeyIsRejectedAndTheExampleNamed() {
    byte[] value = rig.bytes(rig.topics().examples(), Rig.example("1", "Restart it.").build());
    Rejection rejection = rejectionOf(null, value);
    assertThat(rejection.getReason()).isEqualTo("NO_KEY");
    assertThat(rejection.getKey()).isNull();
    assertThat(rejection.getAdapter()).isEqualTo("support");
    assertThat(rejection.getExampleId()).isEqualTo("1");
  }

  @Test
  void aKeyOtherThanTheAdapterIsRejected() {
    byte[] value = rig.bytes(rig.topics().examples(), Rig.example("1", "Restart it.").build());
    Rejection rejection = rejectionOf("sales".getBytes(UTF_8), value);
    assertThat(rejection.getReason()).isEqualTo("KEY_NOT_ADAPTER");
    assertThat(rejection.getDetail()).contains("sales").contains("support");
  }

  @Test
  void rawBytesTooLargeForARejectionAreCutAndTheDetailSaysSo() {
    byte[] value = new byte[1_000_000];
    Arrays.fill(value, (byte) 7);
    Rejection rejection = rejectionOf(KEY, value);
    assertThat(rejection.getReason()).isEqualTo("TOO_LARGE");
    assertThat(rejection.getValue().remaining()).isEqualTo(933_888);
    assertThat(rejection.getDetail()).contains("value cut to 933888 of 1000000 bytes");
  }

  @Test
  void endlessIdsAndKeysAreCutToo() {
    String endless = "x".repeat(700_000);
    byte[] value =
        rig.bytes(rig.topics().examples(), Rig.example(endless, "a").setAdapter("b").build());
    Rejection rejection = rejectionOf("sales".getBytes(UTF_8), value);
    assertThat(rejection.getReason()).isEqualTo("KEY_NOT_ADAPTER");
    assertThat(rejection.getExampleId()).hasSize(1001);
    assertThat(rig.bytes(rig.topics().rejected(), rejection)).hasSizeLessThan(1_000_000);
  }

  @Test
  void outcomesAreCountedFromZeroOn() {
    assertThat(rig.meters.scrape())
        .contains(
            "alluvium_records_total{outcome=\"refused\",reason=\"UNDECODABLE\",stage=\"weigh\"} 0.0")
        .contains("alluvium_records_total{outcome=\"passed\",reason=\"\",stage=\"dedup\"} 0.0");
    rejectionOf(KEY, new byte[] {1});
    rig.produce(Rig.example("1", "Restart it.").build());
    assertThat(rig.meters.scrape())
        .contains(
            "alluvium_records_total{outcome=\"refused\",reason=\"UNDECODABLE\",stage=\"admit\"} 1.0")
        .contains("alluvium_records_total{outcome=\"passed\",reason=\"\",stage=\"admit\"} 1.0");
  }

  private Rejection rejectionOf(byte @Nullable [] key, byte @Nullable [] value) {
    rig.produceRaw(key, value);
    assertThat(rig.accepted()).isEmpty();
    List<Rejection> rejected = rig.rejected();
    assertThat(rejected).hasSize(1);
    return rejected.get(0);
  }
}
