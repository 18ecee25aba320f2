package io.alluvium.streams.novelty;

import io.alluvium.schemas.NoveltySignals;
import io.alluvium.streams.journal.Journaled;
import io.alluvium.streams.novelty.change.Calibration;
import io.alluvium.streams.novelty.change.PageHinkley;
import io.alluvium.streams.novelty.space.Prototypes;
import io.alluvium.streams.novelty.text.NgramTable;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is usual for one base and adapter. Each example is held against it first and taken in
 * afterwards. Pure but for being changed; about 45 kB decoded, 31 kB written.
 */
final class NoveltyState implements Journaled {
  /** Tables that know nothing yet find everything surprising; these examples teach only. */
  private static final int APPRENTICESHIP = 64;

  private static final int BYTES =
      Integer.BYTES
          + NgramTable.BYTES
          + Prototypes.BYTES
          + 4 * Calibration.BYTES
          + 2 * PageHinkley.BYTES;

  private final NgramTable words;
  private final Prototypes places;
  private final Calibration lexical = new Calibration();
  private final Calibration embedding = new Calibration();
  private final Calibration learned = new Calibration();
  private final Calibration loss = new Calibration();
  private final PageHinkley textDrift;
  private final PageHinkley lossDrift;
  private int seen;

  NoveltyState(NoveltyConfig config) {
    this.words = new NgramTable(config.halfLifeExamples());
    this.places = new Prototypes(config.halfLifeExamples());
    this.textDrift = new PageHinkley(config.driftTolerance(), config.driftThreshold());
    this.lossDrift = new PageHinkley(config.driftTolerance(), config.driftThreshold());
  }

  /**
   * What was found.
   *
   * @param signals of the example
   * @param company recent examples in the same new place
   */
  record Found(NoveltySignals signals, int company) {}

  /** Measures an example, then takes it in. */
  Found take(Sighting sighting) {
    byte[] direction = sighting.direction();
    boolean placed = direction.length > 0;
    double surprise = words.surprise(sighting.features());
    double distance = placed ? places.distance(direction) : Double.NaN;
    int company = placed ? places.company(direction) : 0;
    NoveltySignals signals = signals(sighting, surprise, distance);
    learn(sighting, signals);
    signals = drifted(signals);
    return new Found(signals, company);
  }

  private NoveltySignals signals(Sighting sighting, double surprise, double distance) {
    double contrast = sighting.adapterLoss() - sighting.baseLoss();
    return new NoveltySignals(
        surprise,
        orNull(lexical.p(surprise)),
        orNull(distance),
        p(embedding, distance),
        orNull(contrast),
        p(learned, contrast),
        orNull(loss.p(sighting.loss())),
        null);
  }

  private void learn(Sighting sighting, NoveltySignals signals) {
    seen = Math.min(seen + 1, APPRENTICESHIP + 1);
    if (seen > APPRENTICESHIP) {
      lexical.add(signals.getLexicalSurprise());
      add(embedding, signals.getEmbeddingDistance());
      add(learned, signals.getLearnedNovelty());
      loss.add(sighting.loss());
    }
    words.learn(sighting.features());
    if (sighting.direction().length > 0) {
      Double p = signals.getEmbeddingP();
      places.learn(sighting.direction(), p == null ? Double.NaN : p);
    }
  }

  /** The same with the mark of a drift where this example makes one certain. */
  private NoveltySignals drifted(NoveltySignals signals) {
    Double lossP = signals.getLossP();
    boolean text = signals.getLexicalP() != null && textDrift.add(1 - ClassRule.textP(signals));
    boolean hardness = lossP != null && lossDrift.add(1 - lossP);
    if (!text && !hardness) {
      return signals;
    }
    return new NoveltySignals(
        signals.getLexicalSurprise(),
        signals.getLexicalP(),
        signals.getEmbeddingDistance(),
        signals.getEmbeddingP(),
        signals.getLearnedNovelty(),
        signals.getLearnedP(),
        lossP,
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
    lexical.write(to);
    embedding.write(to);
    learned.write(to);
    loss.write(to);
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
    state.lexical.read(from);
    state.embedding.read(from);
    state.learned.read(from);
    state.loss.read(from);
    state.textDrift.read(from);
    state.lossDrift.read(from);
    return state;
  }

  @Override
  public void redo(ByteBuffer step) {
    take(Sighting.read(step));
  }
}
