package io.alluvium.streams.admit;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.form.ContentRules;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules on form, size and time, in order; the first that says no is the reason. Pure. */
public final class AdmitRules {
  private static final int SHOWN_CHARACTERS = 80;

  /** Fewer milliseconds are a time before April 1973; as seconds they are one of our days. */
  private static final long LEAST_EVENT_TIME_MS = 100_000_000_000L;

  private final AdmitConfig limits;
  private final Pattern adapters;
  private final List<BiFunction<TrainingExample, RuleContext, Optional<Refusal>>> rules;

  /** With these limits. */
  public AdmitRules(AdmitConfig limits) {
    this.limits = limits;
    this.adapters = Pattern.compile(limits.adapterPattern());
    this.rules =
        List.of(
            (example, context) -> id(example.getId()),
            (example, context) -> adapter(example.getAdapter()),
            (example, context) -> ContentRules.check(example),
            (example, context) -> textLength(example),
            (example, context) -> labelLength(example),
            (example, context) -> importance(example.getImportance()),
            this::eventTime,
            (example, context) -> recordTime(context));
  }

  /** The first refusal, or empty when the example is admitted. */
  public Optional<Refusal> check(TrainingExample example, RuleContext context) {
    for (BiFunction<TrainingExample, RuleContext, Optional<Refusal>> rule : rules) {
      Optional<Refusal> refusal = rule.apply(example, context);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> id(String id) {
    if (id.isBlank()) {
      return refuse(AdmitReason.NO_ID, "id is \"" + id + "\"");
    }
    return atMost(AdmitReason.ID_TOO_LONG, "id", length(id), limits.maxIdCharacters());
  }

  private Optional<Refusal> adapter(String adapter) {
    return adapters.matcher(adapter).matches()
        ? Optional.empty()
        : refuse(
            AdmitReason.BAD_ADAPTER,
            "adapter is \"%s\", must match %s".formatted(shown(adapter), adapters));
  }

  private Optional<Refusal> textLength(TrainingExample example) {
    long characters = 0;
    for (String text : ContentRules.parts(example)) {
      characters += length(text);
    }
    if (example.getMessages() != null) {
      for (Message message : example.getMessages()) {
        characters += lengthOrNone(message.getName()) + lengthOrNone(message.getToolCallId());
      }
    }
    return atMost(AdmitReason.TOO_LONG, "text", characters, limits.maxCharacters());
  }

  private Optional<Refusal> labelLength(TrainingExample example) {
    long characters = lengthOrNone(example.getSource()) + lengthOrNone(example.getSubject());
    for (Map.Entry<String, String> label : example.getLabels().entrySet()) {
      characters += length(label.getKey()) + length(label.getValue());
    }
    return atMost(
        AdmitReason.LABELS_TOO_LONG,
        "labels, source and subject",
        characters,
        limits.maxLabelCharacters());
  }

  private static Optional<Refusal> importance(@Nullable Double importance) {
    return importance == null || (importance > 0 && Double.isFinite(importance))
        ? Optional.empty()
        : refuse(
            AdmitReason.BAD_IMPORTANCE,
            "importance is " + importance + ", must be finite and greater than 0");
  }

  private Optional<Refusal> eventTime(TrainingExample example, RuleContext context) {
    long eventTimeMs = example.getEventTime().toEpochMilli();
    if (eventTimeMs <= 0) {
      return refuse(AdmitReason.NO_EVENT_TIME, "eventTime is " + eventTimeMs + " ms");
    }
    return eventTimeMs < LEAST_EVENT_TIME_MS
        ? refuse(
            AdmitReason.EVENT_TIME_IN_SECONDS,
            "eventTime is %d ms, which is %s; as seconds it is %s"
                .formatted(eventTimeMs, example.getEventTime(), Instant.ofEpochSecond(eventTimeMs)))
        : notAhead(AdmitReason.EVENT_TIME_AHEAD, eventTimeMs, context.nowMs());
  }

  private Optional<Refusal> recordTime(RuleContext context) {
    return notAhead(AdmitReason.RECORD_TIME_AHEAD, context.recordTimeMs(), context.nowMs());
  }

  private Optional<Refusal> notAhead(AdmitReason reason, long timeMs, long nowMs) {
    long aheadMs = timeMs - nowMs;
    return aheadMs <= limits.maxClockAhead().toMillis()
        ? Optional.empty()
        : refuse(
            reason,
            "%d ms is %d ms ahead of the clock, at most %s is allowed"
                .formatted(timeMs, aheadMs, limits.maxClockAhead()));
  }

  private static Optional<Refusal> atMost(
      AdmitReason reason, String what, long characters, int limit) {
    return characters <= limit
        ? Optional.empty()
        : refuse(
            reason, "%s: %d characters, at most %d are allowed".formatted(what, characters, limit));
  }

  private static long lengthOrNone(@Nullable String text) {
    return text == null ? 0 : length(text);
  }

  private static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  private static Optional<Refusal> refuse(AdmitReason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}
