package io.alluvium.streams.fate;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.watch.Watch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Turns verdicts into fates, and counts them.
 *
 * @param name the stage, as rejections and meters name it
 * @param application application and build, as rejections name them
 * @param watch where outcomes are counted
 */
public record Stage(String name, String application, Watch watch) {
  /*
   * What is longer is cut: a rejection that does not fit into a record of Kafka's default size (1
   * MiB) would stop the application at the same place for ever.
   */
  private static final int MAX_VALUE_BYTES = 900_000;
  private static final int MAX_KEY_BYTES = 50_000;
  private static final int MAX_CHARACTERS = 1_000;

  /** A stage of the same application under another name. */
  public Stage named(String other) {
    return new Stage(other, application, watch);
  }

  /** Makes the counters of all outcomes appear at zero, so that their first rise is seen. */
  public void announce(Reason... reasons) {
    watch.passed(name);
    Arrays.stream(reasons).forEach(reason -> watch.refused(name, reason.name()));
  }

  /** The value goes on. */
  public <V> Fate<V> pass(V value, RawRecord raw) {
    watch.passed(name).increment();
    return new Fate.Passed<>(new Arrival<>(value, raw));
  }

  /**
   * The record is refused.
   *
   * @param raw the record
   * @param known the example in it, where it could be read
   * @param refusal why
   * @param nowMs wall clock
   */
  public <V> Fate<V> refuse(
      RawRecord raw, @Nullable TrainingExample known, Refusal refusal, long nowMs) {
    watch.refused(name, refusal.reason().name()).increment();
    return new Fate.Refused<>(
        Rejection.newBuilder()
            .setStage(name)
            .setReason(refusal.reason().name())
            .setDetail(cut(refusal.detail()) + cutNote(raw))
            .setAdapter(known == null ? null : cut(known.getAdapter()))
            .setExampleId(known == null ? null : cut(known.getId()))
            .setOrigin(raw.origin())
            .setKey(buffer(raw.key(), MAX_KEY_BYTES))
            .setValue(buffer(raw.value(), MAX_VALUE_BYTES))
            .setApplication(application)
            .setRejectedAt(Instant.ofEpochMilli(nowMs))
            .build());
  }

  private static String cutNote(RawRecord raw) {
    return size(raw.key()) <= MAX_KEY_BYTES && size(raw.value()) <= MAX_VALUE_BYTES
        ? ""
        : " (raw bytes cut; the origin has all %d of the key and %d of the value)"
            .formatted(size(raw.key()), size(raw.value()));
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
  }

  private static int size(@Nullable Bytes bytes) {
    return bytes == null ? 0 : bytes.get().length;
  }

  private static @Nullable ByteBuffer buffer(@Nullable Bytes bytes, int most) {
    return bytes == null ? null : ByteBuffer.wrap(bytes.get(), 0, Math.min(size(bytes), most));
  }
}
