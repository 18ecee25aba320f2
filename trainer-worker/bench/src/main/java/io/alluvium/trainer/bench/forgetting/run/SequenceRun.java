package io.alluvium.trainer.bench.forgetting.run;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.bench.forgetting.measure.Domain;
import io.alluvium.trainer.bench.forgetting.order.Arm;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.lineage.Lineage;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.round.RoundRunner;
import io.alluvium.trainer.round.event.EventWriter;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundPlan;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * One adapter that learns domains one after the other, in rounds of production: their lineage is
 * kept, training goes on from heads, the gate says what is released. Only the log is in memory.
 */
public final class SequenceRun implements AutoCloseable {
  private static final String ADAPTER = "bench";
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final Instruments instruments;
  private final Arm arm;
  private final SequenceOrder.Stream stream;
  private final InMemoryLog log = new InMemoryLog();
  private final Lineage lineage = new Lineage(InMemoryLog.SOURCES);
  private final Reservoir reservoir;

  /** What fills no window waits for the next domain's records, as in the product. */
  private final List<WeightedExample> waiting = new ArrayList<>();

  private final List<String> reasons = new ArrayList<>();
  private final Map<String, Integer> verdicts = new TreeMap<>();
  private long tokens;
  private long trainedNs;

  /**
   * What rounds are made with; all of it stays the caller's.
   *
   * @param decoder the base
   * @param runner does rounds
   * @param events tells them
   */
  public record Instruments(Decoder decoder, RoundRunner runner, EventWriter events) {}

  /**
   * A run that has learned nothing yet.
   *
   * @param arm what is on
   * @param stream how records come
   * @param seed of what is replayed
   */
  public SequenceRun(Instruments instruments, Arm arm, SequenceOrder.Stream stream, long seed) {
    this.instruments = instruments;
    this.arm = arm;
    this.stream =
        Double.isNaN(arm.amounts().replayShare())
            ? stream
            : stream.replaying(arm.amounts().replayShare());
    this.reservoir = new Reservoir(stream.replayExamples(), new SplittableRandom(seed));
  }

  /**
   * Learns a domain after those before.
   *
   * @throws IOException when the store fails
   */
  public void learn(Domain domain) throws IOException {
    long began = System.nanoTime();
    waiting.addAll(weighted(domain));
    while (waiting.size() >= stream.window() - replays()) {
      List<WeightedExample> fresh = waiting.subList(0, stream.window() - replays());
      List<WeightedExample> window = new ArrayList<>(fresh);
      window.addAll(reservoir.drawn(replays()));
      List.copyOf(fresh).forEach(reservoir::keep);
      fresh.clear();
      round(window);
    }
    trainedNs += System.nanoTime() - began;
  }

  /** Rounds by outcome. */
  public Map<String, Integer> verdicts() {
    return Map.copyOf(verdicts);
  }

  /** Why candidates were not released. */
  public List<String> reasons() {
    return List.copyOf(reasons);
  }

  /** Tokens trained on. */
  public long tokens() {
    return tokens;
  }

  /** Seconds of rounds by the clock. */
  public double seconds() {
    return trainedNs / 1e9;
  }

  /**
   * Where training stands: the head, else what is released, else nothing. The caller closes it.
   *
   * @throws IOException when the store cannot be read
   */
  public @Nullable LoraWeights current() throws IOException {
    return read(headOrChampion());
  }

  /**
   * The newest release; null before the first. The caller closes it.
   *
   * @throws IOException when the store cannot be read
   */
  public @Nullable LoraWeights served() throws IOException {
    AdapterVersion champion = line().champion();
    return read(champion == null ? null : champion.getArtifact());
  }

  private @Nullable LoraWeights read(@Nullable Artifact folder) throws IOException {
    return folder == null
        ? null
        : PeftFolder.read(Path.of(URI.create(folder.getUri())), instruments.decoder().config());
  }

  @Override
  public void close() {
    log.close();
  }

  private int replays() {
    return arm.has(Arm.Part.REPLAY) && !reservoir.isEmpty()
        ? (int) Math.round(stream.replayShare() * stream.window())
        : 0;
  }

  private void round(List<WeightedExample> records) throws IOException {
    long first = log.end();
    records.forEach(log::append);
    List<Long> offsets = LongStream.range(first, log.end()).boxed().toList();
    Window window = new Window(0, ADAPTER, offsets, Window.Cause.FULL);
    RoundOutcome outcome =
        instruments
            .runner()
            .run(new RoundPlan(window, line(), Erasures.NONE), log.recall(), () -> false)
            .orElseThrow();
    Instant now = BEGIN.plusSeconds(log.end());
    lineage.take(instruments.events().version(outcome, log.end(), now));
    verdicts.merge(outcome.outcome().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
    reasons.addAll(outcome.verdict().reasons());
    tokens += outcome.training().tokens();
  }

  private AdapterLine line() {
    return lineage.line(ADAPTER);
  }

  /** FLOW: exp(-base loss / temperature), the temperature the median base loss of the domain. */
  private List<WeightedExample> weighted(Domain domain) {
    float[] losses = instruments.decoder().score(domain.sequences(), null).losses();
    double temperature = median(losses);
    double[] weights = new double[losses.length];
    Arrays.setAll(weights, n -> arm.has(Arm.Part.FLOW) ? Math.exp(-losses[n] / temperature) : 1);
    double mean = arm.has(Arm.Part.NORMAL) ? Arrays.stream(weights).average().orElse(1) : 1;
    List<WeightedExample> weighted = new ArrayList<>();
    for (int n = 0; n < losses.length; n++) {
      weighted.add(weighted(domain.records().get(n), losses[n], weights[n] / mean));
    }
    return weighted;
  }

  private static double median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return Math.max(1e-2, sorted[sorted.length / 2]);
  }

  private static WeightedExample weighted(TrainingExample example, double loss, double weight) {
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(example)
                .setOrigin(new RecordOrigin("examples", 0, 0L))
                .setBaseDigest("bench")
                .setPromptTokens(0)
                .setResponseTokens(0)
                .setBaseLoss(loss)
                .setScorerVersion("bench")
                .setScoredAt(BEGIN)
                .build())
        .setWeight(weight)
        .setPolicyVersion("bench/1")
        .setWeighedAt(BEGIN)
        .build();
  }

  /** A record of a domain. */
  public static TrainingExample example(
      String domain, int number, String prompt, String completion) {
    return TrainingExample.newBuilder()
        .setId(domain + "-" + number)
        .setAdapter(ADAPTER)
        .setPrompt(prompt)
        .setCompletion(completion)
        .setEventTime(BEGIN)
        .setSource(domain)
        .build();
  }

  private @Nullable Artifact headOrChampion() {
    AdapterVersion head = line().head();
    Artifact goesOnFrom = head == null ? null : head.getHead();
    AdapterVersion champion = line().champion();
    return goesOnFrom != null || champion == null ? goesOnFrom : champion.getArtifact();
  }
}
