package io.alluvium.streams.bench.planted.score;

import io.alluvium.streams.bench.planted.stream.Planted;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Losses and embeddings as the shipped base and its adapters gave them, drawn: quick, and good for
 * tests. {@link Course} says how they are distributed. An adapter's loss on a topic falls with the
 * weight of the examples it was trained on; wrong answers stay as hard as they are. Embeddings are
 * a direction that all share, one of the topic, and noise. A function of seed and example id alone,
 * but for what was learned.
 */
public final class ModelledScorer implements Scorer {
  private static final int SIZE = 64;

  /** Length of the shared direction and of the noise, the topic's own being 1. */
  private static final double SHARED = 0.85;

  private static final double NOISE = 0.5;

  private final long seed;
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, Double> learned = new HashMap<>();

  /** Draws with a seed. */
  public ModelledScorer(long seed) {
    this.seed = seed;
  }

  @Override
  public List<@Nullable Score> score(String adapter, List<Admitted> examples) {
    List<@Nullable Score> scores = new ArrayList<>();
    examples.forEach(example -> scores.add(score(adapter, example.planted())));
    return scores;
  }

  private Score score(String adapter, Planted planted) {
    SplittableRandom random = random(planted.example().getId());
    Course course = Course.of(planted);
    double base = course.base(random);
    Long version = versions.get(adapter);
    double weight = learned.getOrDefault(key(adapter, planted), 0.0);
    Double own = version == null ? null : course.own(base, weight, random);
    return new Score(base, own, version, embedding(planted.topic(), random));
  }

  @Override
  public void learn(String adapter, List<Weighed> window) {
    versions.merge(adapter, 1L, Long::sum);
    for (Weighed one : window) {
      if (one.admitted().planted().plant() != Plant.WRONG_ANSWER) {
        learned.merge(key(adapter, one.admitted().planted()), one.weight(), Double::sum);
      }
    }
  }

  private static String key(String adapter, Planted planted) {
    return adapter + "/" + planted.topic();
  }

  private ByteBuffer embedding(String topic, SplittableRandom random) {
    SplittableRandom shared = random("shared");
    SplittableRandom own = random(topic);
    ByteBuffer halves = ByteBuffer.allocate(Short.BYTES * SIZE).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SIZE; i++) {
      double value =
          SHARED * shared.nextGaussian() + own.nextGaussian() + NOISE * random.nextGaussian();
      halves.putShort(half((float) value));
    }
    return halves.flip();
  }

  private SplittableRandom random(String name) {
    return new SplittableRandom(seed ^ (name.hashCode() * 0x9E3779B97F4A7C15L));
  }

  /** Truncated to half precision; what is too small becomes zero. */
  private static short half(float value) {
    int bits = Float.floatToRawIntBits(value);
    int exponent = ((bits >>> 23) & 0xff) - 112;
    int sign = (bits >>> 16) & 0x8000;
    return (short) (exponent <= 0 ? sign : sign | (exponent << 10) | ((bits >>> 13) & 0x3ff));
  }

  @Override
  public void close() {}
}
