package io.alluvium.streams.fate;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.policy.InForce;
import io.alluvium.streams.policy.PolicyBook;
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
 * @param policies the parameters of its rules
 */
public record Stage(String name, String application, Watch watch, PolicyBook policies) {
  /*
   * What is longer is cut: a rejection that does not fit into a record of Kafka's default size (1
   * MiB) would stop the application at the same place for ever.
   */
  private static final int MAX_VALUE_BYTES = 900_000;
  private static final int MAX_KEY_BYTES = 50_000;
  private static final int MAX_CHARACTERS = 1_000;

  /** A stage of the same application under another name. */
  public Stage named(String other) {
    return new Stage(other, application, watch, policies);
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
   * @param known the example in it and its policy, where it could be read
   * @param refusal why
   * @param nowMs wall clock
   */
  public <V> Fate<V> refuse(RawRecord raw, @Nullable Known known, Refusal refusal, long nowMs) {
    watch.refused(name, refusal.reason().name()).increment();
    return new Fate.Refused<>(
        Rejection.newBuilder()
            .setStage(name)
            .setReason(refusal.reason().name())
            .setDetail(cut(refusal.detail()) + cutNote(raw))
            .setAdapter(known == null ? null : cut(known.example.getAdapter()))
            .setExampleId(known == null ? null : cut(known.example.getId()))
            .setOrigin(raw.origin())
            .setKey(buffer(raw.key(), MAX_KEY_BYTES))
            .setValue(buffer(raw.value(), MAX_VALUE_BYTES))
            .setApplication(application)
            .setRejectedAt(Instant.ofEpochMilli(nowMs))
            .setRuleVersion(refusal.reason().ruleVersion())
            .setPolicyVersion(known == null ? null : known.policy.name())
            .build());
  }

  /**
   * What is known of a refused record beyond its bytes.
   *
   * @param example the example in it
   * @param policy what was in force for it
   */
  public record Known(TrainingExample example, InForce policy) {}

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
