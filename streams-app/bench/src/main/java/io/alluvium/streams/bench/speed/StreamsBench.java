package io.alluvium.streams.bench.speed;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.streams.bench.speed.measure.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures and prints one line of JSON on standard output: a list of results.
 *
 * <p>Arguments: broker, registry, an empty folder, an order as JSON.
 */
public final class StreamsBench {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StreamsBench() {}

  /**
   * What is to be measured.
   *
   * @param records of either input topic in each run
   * @param points configurations
   * @param turns how often each pair is measured; the middle counts
   * @param kafka settings of Kafka Streams beside the application's defaults
   */
  public record Order(int records, List<Point> points, int turns, Map<String, String> kafka) {
    /** Copies. */
    public Order {
      points = List.copyOf(points);
      kafka = Map.copyOf(kafka);
    }
  }

  /**
   * One configuration.
   *
   * @param bytes of a record's value
   * @param adapters that the records are spread over
   * @param window value of dedup.near.examples
   * @param partitions of every example topic
   */
  public record Point(int bytes, int adapters, int window, int partitions) {
    /** Where compilers need the same as anywhere else, and a start takes no time. */
    static final int FEW_PARTITIONS = 2;

    /** The same on few partitions. */
    Point onFew() {
      return new Point(bytes, adapters, window, FEW_PARTITIONS);
    }

    @Override
    public String toString() {
      return "%d B, %d adapters, window %d, %d partitions"
          .formatted(bytes, adapters, window, partitions);
    }
  }

  /**
   * One configuration's figures; rates count records of both input topics.
   *
   * @param configuration rooms, record size, adapters, window
   * @param recordsPerSecond by the clock, broker and clients on the same cores
   * @param recordsPerSecondPerCore per second of processor time that the application's process used
   * @param ratioToPassThrough of recordsPerSecond, measured in turn with it
   * @param compilerShare share of the time by the clock that the process's compilers were at work
   * @param heapBytes in use after a collection, when all was read
   * @param residentBytes of the application's process, when all was read
   * @param startSeconds until every partition was assigned and restored
   * @param openFiles of the application's process, when all was read
   * @param lagSeconds that a look at what waits took, on both input topics
   */
  public record Result(
      String configuration,
      double recordsPerSecond,
      double recordsPerSecondPerCore,
      double ratioToPassThrough,
      double compilerShare,
      long heapBytes,
      long residentBytes,
      double startSeconds,
      long openFiles,
      double lagSeconds) {}

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    // Clients of the registry leave threads behind that would keep the process, either way.
    Thread.currentThread().setUncaughtExceptionHandler(StreamsBench::fail);
    Order order = JSON.readValue(arguments[3], Order.class);
    Place place = new Place(arguments[0], arguments[1], Path.of(arguments[2]), order.kafka());
    System.out.println(
        JSON.writeValueAsString(measure(order, new Runs(place, new Progress(System.err)))));
    System.exit(0);
  }

  private static void fail(Thread thread, Throwable failure) {
    failure.printStackTrace();
    System.exit(1);
  }

  /**
   * Where it is measured.
   *
   * @param broker bootstrap servers
   * @param registry its address
   * @param folder for stores
   * @param kafka settings beside the application's defaults
   */
  record Place(String broker, String registry, Path folder, Map<String, String> kafka) {}

  private static List<Result> measure(Order order, Runs runs) throws IOException {
    runs.warmUp(order.points().get(0).onFew(), order.records());
    List<Result> results = new ArrayList<>();
    for (Point point : order.points()) {
      results.addAll(runs.pair(point, order.records(), order.turns()));
    }
    return results;
  }
}
