package io.alluvium.cli.bench.waiting.measure;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a program's metrics said at one moment.
 *
 * @param samples in the order of the text
 */
public record Gauges(List<Sample> samples) {
  private static final Pattern LINE =
      Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)$");

  /** Of a process that does not answer. */
  public static final Gauges NONE = new Gauges(List.of());

  /**
   * One line of the text.
   *
   * @param labels as written, without braces
   */
  public record Sample(String name, String labels, double value) {}

  /** Copies. */
  public Gauges {
    samples = List.copyOf(samples);
  }

  /** From Prometheus' text form. */
  public static Gauges parse(String text) {
    return new Gauges(LINE.matcher(text).results().map(Gauges::sample).toList());
  }

  private static Sample sample(MatchResult line) {
    String labels = line.group(2) == null ? "" : line.group(2);
    return new Sample(line.group(1), labels, number(line.group(3)));
  }

  private static double number(String written) {
    return switch (written) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(written);
    };
  }

  /** Sum over all series of a metric; 0 where there is none. */
  public long sum(String name) {
    return sum(name, "");
  }

  /**
   * Sum over the series of a metric with one label.
   *
   * @param label as written, for example {@code area="heap"}
   */
  public long sum(String name, String label) {
    return (long)
        samples.stream()
            .filter(sample -> sample.name().equals(name) && sample.labels().contains(label))
            .mapToDouble(Sample::value)
            .sum();
  }
}
