package io.alluvium.streams.dedup;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.fate.Arrival;
import io.alluvium.streams.fate.Fate;
import io.alluvium.streams.fate.Moment;
import io.alluvium.streams.fate.Refusal;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.fate.StageProcessor;
import io.alluvium.streams.fate.Verdict;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Lets the first of each id and text through. */
public final class DedupProcessor extends StageProcessor<TrainingExample, TrainingExample> {
  private @Nullable Seen seen;

  private DedupProcessor(Stage stage) {
    super(stage);
  }

  /**
   * Makes processors and their stores.
   *
   * @param config how long stores keep what was seen; a policy's window counts up to this
   */
  public record Supplier(Stage stage, DedupConfig config)
      implements FixedKeyProcessorSupplier<Bytes, Arrival<TrainingExample>, Fate<TrainingExample>> {
    @Override
    public FixedKeyProcessor<Bytes, Arrival<TrainingExample>, Fate<TrainingExample>> get() {
      return new DedupProcessor(stage);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(Seen.seenStore(config.window()));
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<Bytes, Fate<TrainingExample>> context) {
    super.init(context);
    seen = new Seen(context);
  }

  @Override
  protected Verdict<TrainingExample> judge(TrainingExample example, Moment moment) {
    return Verdict.of(example, duplicate(Objects.requireNonNull(seen), example, moment));
  }

  @Override
  protected TrainingExample example(TrainingExample value) {
    return value;
  }

  private static Optional<Refusal> duplicate(Seen seen, TrainingExample example, Moment moment) {
    RecordOrigin here = moment.origin();
    long nowMs = moment.logTimeMs();
    Seen.Span span = Seen.Span.upTo(nowMs, moment.policy().section(DedupConfig.class).window());
    Fingerprint id = Fingerprint.ofId(example);
    Fingerprint text = Fingerprint.ofText(example);
    Optional<Refusal> refusal =
        seen.first(id, here.getTopic(), span)
            .map(first -> refusal(DedupReason.DUPLICATE_ID, "id " + example.getId(), first))
            .or(
                () ->
                    seen.first(text, here.getTopic(), span)
                        .map(first -> refusal(DedupReason.DUPLICATE_TEXT, "text", first)));
    if (refusal.isEmpty()) {
      seen.remember(id, here, nowMs);
      seen.remember(text, here, nowMs);
    }
    return refusal;
  }

  private static Refusal refusal(DedupReason reason, String what, RecordOrigin first) {
    return new Refusal(
        reason,
        "%s first seen at %s-%d offset %d"
            .formatted(what, first.getTopic(), first.getPartition(), first.getOffset()));
  }
}
