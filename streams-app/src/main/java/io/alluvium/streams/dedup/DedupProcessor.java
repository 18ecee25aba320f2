package io.alluvium.streams.dedup;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.form.ContentRules;
import io.alluvium.streams.dedup.exact.Fingerprint;
import io.alluvium.streams.dedup.near.Banding;
import io.alluvium.streams.dedup.near.NearConfig;
import io.alluvium.streams.dedup.near.NearStore;
import io.alluvium.streams.dedup.near.NearWindow;
import io.alluvium.streams.dedup.near.Signature;
import io.alluvium.streams.dedup.seen.FormerSeenStore;
import io.alluvium.streams.dedup.seen.SeenExamples;
import io.alluvium.streams.policy.Prepared;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageProcessor;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Refusal;
import io.alluvium.streams.stage.verdict.Verdict;
import io.alluvium.streams.store.SharedLimit;
import io.alluvium.streams.store.layout.Layout;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** Lets the first of each id and text through, and of texts that say nearly the same. */
public final class DedupProcessor extends StageProcessor<TrainingExample, TrainingExample> {
  /** Of its stores. */
  public static final List<Layout> LAYOUTS =
      List.of(SeenExamples.LAYOUT, Layout.first(FormerSeenStore.STORE, Map.of()), NearStore.LAYOUT);

  /** Over all tasks of the process: about 450 MB. */
  private static final int MOST_ENTRIES = 1_000_000;

  /** Over all tasks of the process: two for each example, 43 to 86 MB. */
  private static final int MOST_FINGERPRINTS = 4_000_000;

  private final DedupConfig kept;
  private final Memory memory;
  private final Duration idle;
  private final FormerSeenStore former;
  private final Signature signatures = new Signature();
  private final Prepared<DedupConfig, Banding> bandings =
      new Prepared<>(DedupConfig.class, config -> Banding.of(config.near().similarity()));
  private @Nullable SeenExamples seen;
  private @Nullable NearStore near;
  private @Nullable Cancellable sweeps;
  private long latestMs;

  private DedupProcessor(Supplier made) {
    super(made.stage);
    this.kept = made.config;
    this.memory = made.memory;
    this.idle = made.idle;
    this.former = made.former;
  }

  /**
   * How much all tasks of the process keep in memory.
   *
   * @param entries examples that near-duplicates are looked for among
   * @param fingerprints of ids and texts that are known without a read
   */
  public record Memory(SharedLimit entries, SharedLimit fingerprints) {
    /** What a process of 2 GB can hold beside everything else. */
    static Memory usual() {
      return new Memory(new SharedLimit(MOST_ENTRIES), new SharedLimit(MOST_FINGERPRINTS));
    }
  }

  /**
   * Makes processors and their stores.
   *
   * @param config how long stores keep what was seen; a policy's window and number of examples
   *     count up to this
   * @param memory how much is kept in memory
   * @param idle how long, by the log's time, an adapter may let nothing through before it is let go
   * @param former what a build before remembered
   */
  public record Supplier(
      Stage stage, DedupConfig config, Memory memory, Duration idle, FormerSeenStore former)
      implements FixedKeyProcessorSupplier<
          Bytes, Arrival<TrainingExample>, StageResult<TrainingExample>> {
    /** Announces what the stage may refuse for. */
    public Supplier {
      stage.announce(DedupReason.values());
    }

    /** With the usual memory. */
    public Supplier(Stage stage, DedupConfig config, Duration idle, FormerSeenStore former) {
      this(stage, config, Memory.usual(), idle, former);
    }

    @Override
    public FixedKeyProcessor<Bytes, Arrival<TrainingExample>, StageResult<TrainingExample>> get() {
      return new DedupProcessor(this);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      Set<StoreBuilder<?>> stores = new HashSet<>(SeenExamples.stores());
      stores.addAll(former.stores());
      stores.add(NearStore.store());
      return stores;
    }
  }

  @Override
  public void init(FixedKeyProcessorContext<Bytes, StageResult<TrainingExample>> context) {
    super.init(context);
    seen = new SeenExamples(context, kept.window(), former, memory.fingerprints);
    NearStore windows = new NearStore(context, kept.near().examples(), memory.entries);
    near = windows;
    latestMs = 0;
    sweeps =
        context.schedule(
            NearStore.SWEEP_EVERY,
            PunctuationType.WALL_CLOCK_TIME,
            now -> windows.sweep(latestMs - longest()));
  }

  /** What nobody asks for, whatever window is configured next, unless it is a very long one. */
  private long longest() {
    return Math.max(idle.toMillis(), kept.window().toMillis());
  }

  @Override
  public void close() {
    if (sweeps != null) {
      sweeps.cancel();
    }
    if (seen != null) {
      seen.close();
    }
    if (near != null) {
      near.close();
    }
  }

  @Override
  protected Verdict<TrainingExample> judge(TrainingExample example, RuleContext context) {
    latestMs = Math.max(latestMs, context.logTimeMs());
    return Verdict.of(example, duplicate(example, context));
  }

  @Override
  protected TrainingExample example(TrainingExample value) {
    return value;
  }

  private Optional<Refusal> duplicate(TrainingExample example, RuleContext context) {
    SeenExamples exact = Objects.requireNonNull(seen);
    DedupConfig config = context.policy().section(DedupConfig.class);
    SeenExamples.Span span = SeenExamples.Span.upTo(context.logTimeMs(), config.window());
    Fingerprint id = Fingerprint.ofId(example);
    Fingerprint text = Fingerprint.ofText(example);
    Optional<Refusal> refusal =
        known(DedupReason.DUPLICATE_ID, exact.first(id, span), context, example)
            .or(() -> known(DedupReason.DUPLICATE_TEXT, exact.first(text, span), context, example))
            .or(() -> near(example, context, span, config.near()));
    if (refusal.isEmpty()) {
      exact.remember(id, text, context.origin(), context.logTimeMs());
    }
    return refusal;
  }

  private Optional<Refusal> near(
      TrainingExample example, RuleContext context, SeenExamples.Span span, NearConfig config) {
    short[] signature = config.looks() ? signatures.of(ContentRules.texts(example)) : new short[0];
    if (signature.length == 0) {
      return Optional.empty();
    }
    NearStore store = Objects.requireNonNull(near);
    NearWindow window = store.window(example.getAdapter());
    Optional<NearWindow.Match> match =
        window.find(
            signature,
            bandings.of(context.policy()),
            new NearWindow.Reach(window.nextSequence() - config.examples(), span.firstMs()));
    if (match.isEmpty()) {
      store.remember(
          example.getAdapter(), context.logTimeMs(), context.origin().getOffset(), signature);
    }
    return match.map(found -> refusal(found, context.origin()));
  }

  private static Refusal refusal(NearWindow.Match match, RecordOrigin here) {
    return new Refusal(
        DedupReason.DUPLICATE_NEAR,
        String.format(
            Locale.ROOT,
            "about %.2f of what %s-%d offset %d says",
            (double) match.agreeing() / Signature.WHOLE,
            here.getTopic(),
            here.getPartition(),
            match.entry().offset()));
  }

  private static Optional<Refusal> known(
      DedupReason reason, OptionalLong first, RuleContext context, TrainingExample example) {
    if (first.isEmpty()) {
      return Optional.empty();
    }
    RecordOrigin here = context.origin();
    return Optional.of(
        new Refusal(
            reason,
            "%s first seen at %s-%d offset %d"
                .formatted(
                    reason == DedupReason.DUPLICATE_ID ? "id " + example.getId() : "text",
                    here.getTopic(),
                    here.getPartition(),
                    first.getAsLong())));
  }
}
