package io.alluvium.trainer.publish;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.trainer.claim.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes rejections: the refused record byte for byte, with reason and origin.
 *
 * @param stage the stage that refuses: score or train
 * @param application application and build
 */
public record Rejections(String stage, String application) {

  /** Who the record says it belongs to, where that could be read. */
  public record Claimant(@Nullable String adapter, @Nullable String exampleId) {
    /** Nothing could be read but, perhaps, the key. */
    public static Claimant ofKey(ConsumerRecord<byte[], byte[]> record) {
      byte[] key = record.key();
      return new Claimant(key == null ? null : new String(key, StandardCharsets.UTF_8), null);
    }
  }

  /** The rejection of a record. */
  public Rejection of(
      ConsumerRecord<byte[], byte[]> record, Claimant claimant, Refusal refusal, Instant now) {
    return Rejection.newBuilder()
        .setStage(stage)
        .setReason(refusal.reason().name())
        .setDetail(refusal.detail())
        .setAdapter(claimant.adapter())
        .setExampleId(claimant.exampleId())
        .setOrigin(new RecordOrigin(record.topic(), record.partition(), record.offset()))
        .setKey(wrapped(record.key()))
        .setValue(wrapped(record.value()))
        .setApplication(application)
        .setRejectedAt(now)
        .build();
  }

  private static @Nullable ByteBuffer wrapped(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }
}
