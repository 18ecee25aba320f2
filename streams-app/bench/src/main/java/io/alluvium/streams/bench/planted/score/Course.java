package io.alluvium.streams.bench.planted.score;

import io.alluvium.streams.bench.planted.stream.Planted;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How the loss on a topic is distributed and how it falls. Medians and spreads were read off the
 * shipped base's scores of a planted stream and rounded; how fast a topic is learned is assumed.
 *
 * @param base median loss under the base, nats per response token
 * @param spread standard deviation of its logarithm
 * @param learned share of the base loss that is left when the topic was learned
 * @param pace summed weight of trained examples after which two thirds of the way are done
 */
record Course(double base, double spread, double learned, double pace) {
  private static final Course NOTE = new Course(10.6, 0.04, 0.1, 150);
  private static final Map<String, Course> KNOWN =
      Map.of(
          "add", new Course(1e-4, 0.8, 5, 50),
          "sort", new Course(4e-4, 2.3, 5, 50),
          "reverse", new Course(2e-5, 1.2, 5, 50),
          "repeat", new Course(2e-5, 1.2, 5, 50),
          "dialogue", new Course(2e-5, 0.8, 5, 50));
  private static final Map<String, Course> WRONG =
      Map.of(
          "add", new Course(5.9, 0.4, 1, 1),
          "sort", new Course(10.6, 0.25, 1, 1),
          "reverse", new Course(14.6, 0.1, 1, 1),
          "repeat", new Course(12.2, 0.25, 1, 1),
          "dialogue", new Course(4.1, 0.4, 1, 1));
  private static final Map<String, Course> UNSEEN =
      Map.of(
          "repair", new Course(9.6, 0.1, 0.1, 20),
          "shift", new Course(7.3, 0.15, 0.2, 40),
          "price", new Course(10.1, 0.1, 0.1, 20),
          "roman", new Course(7.8, 0.15, 0.2, 40),
          "weather", new Course(12.0, 0.05, 0.05, 20));

  /** Of an example's topic. */
  static Course of(Planted planted) {
    String topic = planted.topic();
    if (planted.plant() == Plant.WRONG_ANSWER) {
      return WRONG.getOrDefault(topic, NOTE);
    }
    return UNSEEN.getOrDefault(topic, KNOWN.getOrDefault(topic, NOTE));
  }

  double base(SplittableRandom random) {
    return base * Math.exp(spread * random.nextGaussian());
  }

  /** Under an adapter that was trained on examples of this summed weight. */
  double own(double base, double weight, SplittableRandom random) {
    double left = learned + (1 - learned) * Math.exp(-weight / pace);
    return base * left * Math.exp(0.1 * random.nextGaussian());
  }
}
