package io.alluvium.streams.stage;

import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Carried;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RawRecord;
import io.alluvium.streams.stage.verdict.Reason;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.watch.Watch;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Turns verdicts into results, and counts them.
 *
 * @param name the stage, as rejections and meters name it
 * @param application application and build, as rejections name them
 * @param watch where outcomes are counted
 * @param policies the parameters of its rules
 */
public record Stage(String name, String application, Watch watch, PolicyBook policies) {
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
  public <V> StageResult<V> pass(V value, RawRecord raw) {
    watch.passed(name).increment();
    return new StageResult.Passed<>(new Arrival<>(value, raw));
  }

  /**
   * The record is refused.
   *
   * @param raw the record
   * @param known the example in it and its policy, where it could be read
   * @param refusal why
   * @param nowMs wall clock
   */
  public <V> StageResult<V> refuse(
      RawRecord raw, @Nullable Known known, Refusal refusal, long nowMs) {
    RawRecord shown = refusal.reason().hidesValue() ? raw.withheld() : raw;
    watch.refused(name, refusal.reason().name()).increment();
    Carried carried = Carried.of(bytes(shown), policies.limit());
    Rejection rejection =
        Rejection.newBuilder()
            .setStage(name)
            .setReason(refusal.reason().name())
            .setDetail(Carried.text(refusal.detail()) + withheldNote(shown) + carried.note())
            .setAdapter(known == null ? null : Carried.text(known.example.getAdapter()))
            .setExampleId(known == null ? null : Carried.text(known.example.getId()))
            .setOrigin(raw.origin())
            .setKey(carried.key())
            .setValue(carried.value())
            .setApplication(application)
            .setRejectedAt(Instant.ofEpochMilli(nowMs))
            .setRuleVersion(refusal.reason().ruleVersion())
            .setPolicyVersion(known == null ? null : known.policy.name())
            .build();
    return new StageResult.Refused<>(rejection, carried.headers());
  }

  /**
   * What is known of a refused record beyond its bytes.
   *
   * @param example the example in it
   * @param policy what was in force for it
   */
  public record Known(TrainingExample example, EffectivePolicy policy) {}

  private static String withheldNote(RawRecord raw) {
    return raw.isWithheld()
        ? " (raw value left out, it holds what must not be copied; the origin has it)"
        : "";
  }

  private static Carried.Raw bytes(RawRecord raw) {
    return new Carried.Raw(bytes(raw.key()), bytes(raw.value()), raw.headers());
  }

  private static byte @Nullable [] bytes(@Nullable Bytes bytes) {
    return bytes == null ? null : bytes.get();
  }
}
