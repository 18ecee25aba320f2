package io.alluvium.streams.bench.speed.measure;

import java.util.Locale;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What stream threads spend their time on, as Kafka Streams itself says.
 *
 * @param process the rooms, their stores and the sinks
 * @param punctuate what they do by the clock
 * @param poll reading
 * @param commit flushing stores and ending transactions
 */
public record ThreadShares(double process, double punctuate, double poll, double commit) {

  /** The mean over the threads of an application. */
  public static ThreadShares of(KafkaStreams streams) {
    return new ThreadShares(
        mean(streams, "process-ratio"),
        mean(streams, "punctuate-ratio"),
        mean(streams, "poll-ratio"),
        mean(streams, "commit-ratio"));
  }

  private static double mean(KafkaStreams streams, String metric) {
    return streams.metrics().entrySet().stream()
        .filter(each -> each.getKey().group().equals("stream-thread-metrics"))
        .filter(each -> each.getKey().name().equals(metric))
        .mapToDouble(each -> ((Number) each.getValue().metricValue()).doubleValue())
        .average()
        .orElse(Double.NaN);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "threads: process %.2f, punctuate %.2f, poll %.2f, commit %.2f",
        process,
        punctuate,
        poll,
        commit);
  }
}
