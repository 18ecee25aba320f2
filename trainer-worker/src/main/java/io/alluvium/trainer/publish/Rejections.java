package io.alluvium.trainer.publish;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.record.Carried;
import io.alluvium.schemas.record.SendLimit;
import io.alluvium.trainer.claim.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes rejections: the refused record byte for byte as far as it fits, with reason and origin. Of
 * what is erased there is no copy.
 *
 * @param stage the stage that refuses: score or train
 * @param application application and build
 * @param limit of a record
 */
public record Rejections(String stage, String application, SendLimit limit) {

  /** Who the record says it belongs to, where that could be read. */
  public record Claimant(@Nullable String adapter, @Nullable String exampleId) {
    /** Nothing could be read but, perhaps, the key. */
    public static Claimant ofKey(ConsumerRecord<byte[], byte[]> record) {
      byte[] key = record.key();
      return new Claimant(key == null ? null : new String(key, StandardCharsets.UTF_8), null);
    }
  }

  /**
   * A rejection, and those of the record's headers that fit beside it.
   *
   * @param rejection the event; its key is the record's too
   */
  public record Refused(Rejection rejection, Headers headers) {}

  /** The rejection of a record. */
  public Refused of(
      ConsumerRecord<byte[], byte[]> record, Claimant claimant, Refusal refusal, Instant now) {
    Carried carried = Carried.of(carried(record, refusal), limit);
    Rejection rejection =
        Rejection.newBuilder()
            .setStage(stage)
            .setReason(refusal.reason().name())
            .setDetail(Carried.text(refusal.detail()) + carried.note())
            .setAdapter(cut(claimant.adapter()))
            .setExampleId(cut(claimant.exampleId()))
            .setOrigin(new RecordOrigin(record.topic(), record.partition(), record.offset()))
            .setKey(carried.key())
            .setValue(carried.value())
            .setApplication(application)
            .setRejectedAt(now)
            .build();
    return new Refused(rejection, carried.headers());
  }

  private static Carried.Raw carried(ConsumerRecord<byte[], byte[]> record, Refusal refusal) {
    return refusal.withoutContent()
        ? new Carried.Raw(record.key(), null, new RecordHeaders())
        : new Carried.Raw(record.key(), record.value(), record.headers());
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : Carried.text(text);
  }
}
