package io.alluvium.streams.novelty;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.NoveltySignals;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.novelty.space.Direction;
import io.alluvium.streams.novelty.text.TextFeatures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole measurement on a stream of domains whose words and places are drawn. */
class NoveltyStreamTest {
  private static final NoveltyConfig CONFIG =
      new NoveltyConfig(4096, 0.05, 0.1, 4, 0.1, 3, 0.5, 18);
  private static final int USUAL_DOMAINS = 4;
  private static final int NEW_DOMAIN = 9;
  private static final int SIZE = 64;

  private final TextFeatures words = new TextFeatures();
  private final Direction directions = new Direction();

  static LongStream seeds() {
    return LongStream.of(1, 2, 3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNewDomainOfOnePercentStandsOutAndKeepsStandingOutForTwentyExamples(long seed) {
    Random random = new Random(seed);
    NoveltyState state = new NoveltyState(CONFIG);
    usual(state, random, 3000);
    List<Double> fresh = new ArrayList<>();
    List<Double> familiar = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      boolean isNew = i % 100 == 0;
      double score = score(state, isNew ? NEW_DOMAIN : random.nextInt(USUAL_DOMAINS), random);
      (isNew ? fresh : familiar).add(score);
    }
    assertThat(auroc(fresh.subList(0, 20), familiar)).isGreaterThan(0.95);
    assertThat(auroc(fresh.subList(20, 40), familiar)).isGreaterThan(0.95);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aNewDomainThatTakesOverIsADriftWithinTwoHundredExamples(long seed) {
    Random random = new Random(seed);
    NoveltyState state = new NoveltyState(CONFIG);
    usual(state, random, 2000);
    int drifts = 0;
    for (int i = 0; i < 200; i++) {
      drifts += drift(state, NEW_DOMAIN, random) ? 1 : 0;
    }
    assertThat(drifts).isOne();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void twentyThousandUsualExamplesHoldNoDrift(long seed) {
    Random random = new Random(seed);
    assertThat(usual(new NoveltyState(CONFIG), random, 20_000)).isZero();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsReadBackAndRedoneIsTheSameState(long seed) {
    Random random = new Random(seed);
    NoveltyState whole = new NoveltyState(CONFIG);
    usual(whole, random, 700);
    NoveltyState again = NoveltyState.read(CONFIG, ByteBuffer.wrap(whole.snapshot()));
    for (int i = 0; i < 300; i++) {
      Observation next = observation(random.nextInt(USUAL_DOMAINS + 1), random);
      whole.take(next);
      again.redo(ByteBuffer.wrap(next.toBytes()));
    }
    assertThat(again.snapshot()).isEqualTo(whole.snapshot());
  }

  private int usual(NoveltyState state, Random random, int count) {
    int drifts = 0;
    for (int i = 0; i < count; i++) {
      drifts += drift(state, random.nextInt(USUAL_DOMAINS), random) ? 1 : 0;
    }
    return drifts;
  }

  private boolean drift(NoveltyState state, int domain, Random random) {
    return state.take(observation(domain, random)).signals().getDrift() != null;
  }

  private double score(NoveltyState state, int domain, Random random) {
    NoveltySignals signals = state.take(observation(domain, random)).signals();
    return java.util.Objects.requireNonNull(ClassRule.score(signals));
  }

  private Observation observation(int domain, Random random) {
    return new Observation(
        words.of(example(text(domain, random))),
        directions.of(embedding(domain, random)),
        1 + random.nextDouble(),
        Double.NaN);
  }

  /** Half of the words are everybody's, half the domain's own; common ones come more often. */
  private static String text(int domain, Random random) {
    return IntStream.range(0, 30 + random.nextInt(60))
        .mapToObj(
            i ->
                (i % 2 == 0 ? "all" : "d" + domain)
                    + (int) (200 * Math.pow(random.nextDouble(), 3)))
        .collect(Collectors.joining(" "));
  }

  private static TrainingExample example(String text) {
    return TrainingExample.newBuilder()
        .setId("1")
        .setAdapter("a")
        .setPrompt(text)
        .setCompletion("yes")
        .setEventTime(Instant.EPOCH)
        .build();
  }

  /** A direction that all share, one of the domain, and noise. */
  private static ByteBuffer embedding(int domain, Random random) {
    Random place = new Random(domain);
    ByteBuffer halves = ByteBuffer.allocate(2 * SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIZE; i++) {
      double value = 3 + place.nextGaussian() + 0.5 * random.nextGaussian();
      int bits = Float.floatToIntBits((float) value);
      int half = ((((bits >>> 23) & 0xff) - 112) << 10) | ((bits >>> 13) & 0x3ff);
      halves.putShort((short) (((bits >>> 16) & 0x8000) | half));
    }
    return halves.flip();
  }

  /** The chance that a new one scores above a familiar one; ties count half. */
  private static double auroc(List<Double> fresh, List<Double> familiar) {
    double wins = 0;
    for (double one : fresh) {
      for (double other : familiar) {
        wins += one > other ? 1 : one == other ? 0.5 : 0;
      }
    }
    return wins / ((double) fresh.size() * familiar.size());
  }
}
