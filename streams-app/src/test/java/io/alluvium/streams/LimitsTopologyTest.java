package io.alluvium.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that one record holds makes another one that Kafka's producer would not send. */
class LimitsTopologyTest {
  private static final byte[] KEY = "support".getBytes(UTF_8);

  private Rig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig =
        new Rig(
            folder,
            "admit: {maxCharacters: 190000, maxTokens: 1000000, quality: {maxRun: 1000000,"
                + " maxRepeatedShare: 1.0, maxSymbolShare: 1.0, minCompressedShare: 0.0}}");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aKeyOfAMegabyteIsCutInTheRejectionAndInItsOwnKey() {
    TestRecord<byte[], byte[]> sent = refused(new byte[1_000_000], new byte[0], none());
    assertThat(sent.key()).hasSize(SendLimit.KAFKA_DEFAULT.keyBytes());
    assertThat(rejection(sent).getReason()).isEqualTo("TOO_LARGE");
    assertThat(rejection(sent).getDetail())
        .startsWith("key: 1000000 bytes")
        .contains("(key cut to 32768 of 1000000 bytes; the origin has all)");
  }

  @Test
  void headersOfAMegabyteAreCutAndTheRejectionSaysHowLongTheyWere() {
    Headers headers = none().add("trace", new byte[8]).add("cargo", new byte[1_000_000]);
    TestRecord<byte[], byte[]> sent = refused(KEY, new byte[] {0, 0, 0, 9, 9, 1}, headers);
    assertThat(sent.getHeaders().toArray()).extracting(each -> each.key()).containsExactly("trace");
    assertThat(rejection(sent).getReason()).isEqualTo("TOO_LARGE");
    assertThat(rejection(sent).getDetail()).contains("headers cut to 23 of 1000038 bytes");
  }

  @Test
  void keyValueAndHeadersThatFillARecordTogetherFitIntoARejectionTogether() {
    Headers headers = none().add("cargo", new byte[30_000]);
    TestRecord<byte[], byte[]> sent = refused(new byte[32_000], new byte[986_000], headers);
    assertThat(rejection(sent).getDetail()).contains("value cut to 933888 of 986000 bytes");
  }

  @Test
  void aGoodExampleWithHeadersBeyondTheLimitIsRefusedSinceItCouldNotBeSentOn() {
    byte[] good = rig.bytes(rig.topics().examples(), Rig.example("1", "Restart it.").build());
    refused(KEY, good, none().add("cargo", new byte[40_000]));
  }

  @Test
  void theLongestExampleOfFourBytesACharacterIsSentOnAtEveryStageWithTheWidestEmbedding() {
    String text = "\uD83D\uDE00".repeat(189_900);
    rig.produce(Rig.example("wide", text).build());
    TestRecord<byte[], byte[]> accepted = only(rig.topics().accepted());
    assertSendable(accepted);

    ScoredExample scored =
        ScoredExample.newBuilder(Rig.scored(Rig.example("wide", text).build(), 1.0))
            .setEmbedding(ByteBuffer.allocate(4 * 16_384))
            .build();
    rig.produce(scored);
    assertSendable(only(rig.topics().training()));
  }

  @Test
  void anExampleOfManyEmptyPartsIsRefusedBeforeItCannotBeSent() {
    byte[] value = new byte[800_000];
    Arrays.fill(value, (byte) 1);
    TestRecord<byte[], byte[]> sent = refused(KEY, value, none());
    assertThat(rejection(sent).getReason()).isEqualTo("TOO_LARGE");
    assertThat(rejection(sent).getDetail()).startsWith("value: 800000 bytes, at most 786432");
  }

  private TestRecord<byte[], byte[]> refused(byte[] key, byte @Nullable [] value, Headers headers) {
    rig.produce(rig.topics().examples(), new TestRecord<>(key, value, headers, Rig.START));
    assertThat(rig.accepted()).isEmpty();
    TestRecord<byte[], byte[]> sent = only(rig.topics().rejected());
    assertSendable(sent);
    return sent;
  }

  private TestRecord<byte[], byte[]> only(Topic<?> topic) {
    List<TestRecord<byte[], byte[]>> records = rig.records(topic);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private Rejection rejection(TestRecord<byte[], byte[]> sent) {
    return rig.value(rig.topics().rejected(), sent);
  }

  /** As Kafka's producer measures it. */
  private static void assertSendable(TestRecord<byte[], byte[]> sent) {
    int bytes =
        AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            Compression.NONE.type(),
            sent.key(),
            sent.value(),
            sent.getHeaders().toArray());
    assertThat(bytes).isLessThanOrEqualTo(SendLimit.KAFKA_DEFAULT.bytes());
  }

  private static Headers none() {
    return new RecordHeaders();
  }
}
