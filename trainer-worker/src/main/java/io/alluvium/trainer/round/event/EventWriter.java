package io.alluvium.trainer.round.event;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.VersionRange;
import io.alluvium.schemas.WindowReport;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.publish.order.Flags;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.Summaries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the log is told of a round. Pure: the same outcome and time give the same events.
 *
 * @param sources the topics that are trained on
 * @param base the frozen model
 * @param spec shape of the adapters
 * @param published shape of their folders
 * @param configDigest digest of the settings that training and gate ran with
 * @param build build of the worker
 */
public record EventWriter(
    Sources sources,
    BaseModel base,
    LoraSpec spec,
    LoraSpec published,
    String configDigest,
    String build) {

  /** The longest list of held-out offsets that an event may carry. */
  private static final int MOST_HELD_OUT = 512;

  /**
   * The version event.
   *
   * @param watermark offset that is committed with it
   */
  public AdapterVersion version(RoundOutcome outcome, long watermark, Instant now) {
    return AdapterVersion.newBuilder()
        .setAdapter(outcome.plan().adapter())
        .setVersion(outcome.plan().version())
        .setOutcome(outcome.outcome())
        .setParentVersion(outcome.origin().parentVersion())
        .setTrainedFrom(outcome.origin().headVersion())
        .setBase(base)
        .setArtifact(outcome.folders().released())
        .setHead(outcome.folders().head())
        .setFormat("peft-lora")
        .setRank(published.rank())
        .setAlpha(published.alpha())
        .setKind(spec.describe())
        .setTargets(spec.named())
        .setWindow(range(outcome))
        .setWatermark(watermark)
        .setHeldOut(heldOut(outcome))
        .setCounts(counts(outcome))
        .setVerdict(verdict(outcome.verdict()))
        .setWeights(Summaries.weights(outcome.examples()))
        .setFreshness(Summaries.freshness(outcome.examples(), seconds(outcome.stageTimes()), now))
        .setConfigDigest(configDigest)
        .setBuild(build)
        .setCreatedAt(now)
        .setErasedBelow(outcome.plan().erasures().below())
        .build();
  }

  /** The adapter's state after the round; what others wrote into it is kept. */
  public AdapterState state(RoundOutcome outcome, @Nullable AdapterState before, Instant now) {
    AdapterState.Builder state =
        before == null
            ? AdapterState.newBuilder()
                .setAdapter(outcome.plan().adapter())
                .setBase(base)
                .setFlagged(List.of())
            : AdapterState.newBuilder(before);
    Artifact artifact = outcome.folders().released();
    if (artifact != null) {
      state
          .setCurrentVersion(outcome.plan().version())
          .setArtifactUri(artifact.getUri())
          .setBase(base);
    }
    return state
        .setLastVersion(outcome.plan().version())
        .setFlagged(flagged(outcome, state.getFlagged()).ranges())
        .setUpdatedAt(now)
        .build();
  }

  /** What comes from a flagged version is flagged too. */
  private static Flags flagged(RoundOutcome outcome, List<VersionRange> before) {
    Flags flags = new Flags(before);
    boolean learned = !outcome.folders().named().isEmpty();
    RoundOutcome.Origin origin = outcome.origin();
    return learned && (flags.hold(origin.headVersion()) || flags.hold(origin.parentVersion()))
        ? flags.and(outcome.plan().version())
        : flags;
  }

  /** The measurements of the round. */
  public WindowReport report(RoundOutcome outcome, Instant now) {
    RoundOutcome.Training training = outcome.training();
    Duration spent = outcome.stageTimes().getOrDefault("train", Duration.ZERO);
    return WindowReport.newBuilder()
        .setAdapter(outcome.plan().adapter())
        .setVersion(outcome.plan().version())
        .setOutcome(outcome.outcome())
        .setWindow(range(outcome))
        .setCounts(counts(outcome))
        .setSteps(training.steps())
        .setOptimizerSteps(training.optimizerSteps())
        .setTrainLoss(training.meanLoss())
        .setAnchorKl(training.meanKl())
        .setTokensPerSecond(training.tokens() / Math.max(1e-3, spent.toMillis() / 1000.0))
        .setStageSeconds(seconds(outcome.stageTimes()))
        .setStopped(training.stopped())
        .setCreatedAt(now)
        .build();
  }

  /** The window as events name it. */
  public OffsetRange range(RoundOutcome outcome) {
    Window window = outcome.plan().window();
    TopicPartition at = sources.at(window.partition()).orElseThrow();
    return new OffsetRange(at.topic(), at.partition(), window.firstOffset(), window.nextOffset());
  }

  private static List<Long> heldOut(RoundOutcome outcome) {
    List<Long> offsets =
        outcome.shares().heldOut().stream().map(entry -> entry.raw().offset()).toList();
    return offsets.subList(Math.max(0, offsets.size() - MOST_HELD_OUT), offsets.size());
  }

  private static Counts counts(RoundOutcome outcome) {
    RoundOutcome.Shares shares = outcome.shares();
    long replayed =
        Stream.concat(shares.training().stream(), shares.heldOut().stream())
            .filter(entry -> entry.example().getReplayOf() != null)
            .count();
    return new Counts(
        (long) shares.training().size() + shares.heldOut().size(),
        (long) shares.heldOut().size(),
        replayed,
        (long) shares.refused().size(),
        shares.trainingTokens());
  }

  private static GateVerdict verdict(Verdict verdict) {
    List<Axis> axes =
        verdict.axes().stream()
            .map(m -> new Axis(m.name(), m.before(), m.after(), m.bound(), m.passed()))
            .toList();
    return new GateVerdict(verdict instanceof Verdict.Pass, verdict.reasons(), axes);
  }

  private static Map<String, Double> seconds(Map<String, Duration> times) {
    Map<String, Double> seconds = new TreeMap<>();
    times.forEach((stage, time) -> seconds.put(stage, time.toMillis() / 1000.0));
    return seconds;
  }
}
