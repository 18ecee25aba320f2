package io.alluvium.streams.novelty;

import io.alluvium.schemas.NoveltySignals;
import io.alluvium.streams.novelty.change.Calibration;
import io.alluvium.streams.novelty.change.Cusum;
import io.alluvium.streams.novelty.space.Hardness;
import io.alluvium.streams.novelty.space.Prototypes;
import io.alluvium.streams.novelty.text.NgramTable;
import io.alluvium.streams.store.journal.Journaled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for one base and adapter. Each example is held against it first and taken in
 * afterwards. Pure but for being changed; about 47 kB decoded, 36 kB written.
 */
public final class NoveltyState implements Journaled {
  /** Tables that know nothing yet find everything surprising; these examples teach only. */
  private static final int APPRENTICESHIP = 64;

  private static final int BYTES =
      Integer.BYTES
          + NgramTable.BYTES
          + Prototypes.BYTES
          + Hardness.BYTES
          + 5 * Calibration.BYTES
          + 2 * Cusum.BYTES;

  private final NgramTable words;
  private final Prototypes places;
  private final Hardness hardness = new Hardness();
  private final Calibration lexical = new Calibration();
  private final Calibration embedding = new Calibration();
  private final Calibration learned = new Calibration();
  private final Calibration loss = new Calibration();
  private final Calibration baseLoss = new Calibration();
  private final Cusum textDrift;
  private final Cusum lossDrift;
  private int seen;

  /** Nothing is usual yet. */
  public NoveltyState(NoveltyConfig config) {
    this.words = new NgramTable(config.halfLifeExamples());
    this.places = new Prototypes(config.halfLifeExamples());
    this.textDrift = new Cusum(config.driftShare(), config.driftThreshold());
    this.lossDrift = new Cusum(config.driftShare(), config.driftThreshold());
  }

  /**
   * What was found.
   *
   * @param signals of the example
   * @param company recent examples in the same new place
   * @param excess how much harder it is than its neighbours in a familiar place, robust deviations;
   *     NaN elsewhere
   */
  record Found(NoveltySignals signals, int company, double excess) {}

  /** Measures an example, then takes it in. */
  public Found take(Observation observation) {
    byte[] direction = observation.direction();
    boolean placed = direction.length > 0;
    double surprise = words.surprise(observation.features());
    if (placed) {
      places.look(direction);
    }
    double distance = placed ? places.distance() : Double.NaN;
    int company = placed ? places.company() : 0;
    double excess =
        placed ? hardness.excess(places.familiarPlace(), observation.leastLoss()) : Double.NaN;
    NoveltySignals signals = signals(observation, surprise, distance);
    double baseP = baseLoss.p(observation.baseLoss());
    learn(observation, signals);
    signals = drifted(signals, baseP);
    return new Found(signals, company, excess);
  }

  private NoveltySignals signals(Observation observation, double surprise, double distance) {
    double contrast = observation.adapterLoss() - observation.baseLoss();
    return new NoveltySignals(
        surprise,
        orNull(lexical.p(surprise)),
        orNull(distance),
        p(embedding, distance),
        orNull(contrast),
        p(learned, contrast),
        orNull(loss.p(observation.loss())),
        null);
  }

  private void learn(Observation observation, NoveltySignals signals) {
    seen = Math.min(seen + 1, APPRENTICESHIP + 1);
    if (seen > APPRENTICESHIP) {
      lexical.add(signals.getLexicalSurprise());
      add(embedding, signals.getEmbeddingDistance());
      add(learned, signals.getLearnedNovelty());
      loss.add(observation.loss());
      baseLoss.add(observation.baseLoss());
    }
    words.learn(observation.features());
    if (observation.direction().length > 0) {
      Double p = signals.getEmbeddingP();
      if (places.learn(observation.direction(), p == null ? Double.NaN : p)) {
        hardness.begin(places.place());
      }
      hardness.add(places.place(), observation.leastLoss());
    }
  }

  /**
   * The same with the mark of a drift where this example makes one certain. While nothing changes
   * the negative logarithm of a p-value is exponential with mean 1 (Fisher 1925), whatever the
   * signal, and what is rare counts for much: a new domain shows while it is a fifth of the stream.
   * Of losses the frozen base's counts: an adapter's next version is no change of the stream.
   */
  private NoveltySignals drifted(NoveltySignals signals, double baseP) {
    boolean text = signals.getLexicalP() != null && textDrift.add(ClassRule.textP(signals));
    boolean harder = !Double.isNaN(baseP) && lossDrift.add(baseP);
    if (!text && !harder) {
      return signals;
    }
    return new NoveltySignals(
        signals.getLexicalSurprise(),
        signals.getLexicalP(),
        signals.getEmbeddingDistance(),
        signals.getEmbeddingP(),
        signals.getLearnedNovelty(),
        signals.getLearnedP(),
        signals.getLossP(),
        text ? "text" : "loss");
  }

  private static void add(Calibration calibration, @Nullable Double value) {
    if (value != null) {
      calibration.add(value);
    }
  }

  private static @Nullable Double p(Calibration calibration, double value) {
    return Double.isNaN(value) ? null : orNull(calibration.p(value));
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  @Override
  public byte[] snapshot() {
    ByteBuffer to = ByteBuffer.allocate(BYTES).putInt(seen);
    words.write(to);
    places.write(to);
    hardness.write(to);
    lexical.write(to);
    embedding.write(to);
    learned.write(to);
    loss.write(to);
    baseLoss.write(to);
    textDrift.write(to);
    lossDrift.write(to);
    return to.array();
  }

  /** Reads what {@link #snapshot} wrote. */
  static NoveltyState read(NoveltyConfig config, ByteBuffer from) {
    NoveltyState state = new NoveltyState(config);
    state.seen = from.getInt();
    state.words.read(from);
    state.places.read(from);
    state.hardness.read(from);
    state.lexical.read(from);
    state.embedding.read(from);
    state.learned.read(from);
    state.loss.read(from);
    state.baseLoss.read(from);
    state.textDrift.read(from);
    state.lossDrift.read(from);
    return state;
  }

  @Override
  public void redo(ByteBuffer step) {
    take(Observation.read(step));
  }
}
