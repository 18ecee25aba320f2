package io.alluvium.cli.bench.waiting.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What waiting records cost.
 *
 * @param scenarios those that were not skipped, in their order
 */
public record WaitingReport(List<Scenario> scenarios) {
  private static final double MEBIBYTE = 1 << 20;

  /** Copies. */
  public WaitingReport {
    scenarios = List.copyOf(scenarios);
  }

  /** One of the three. */
  public sealed interface Scenario {
    /** A few lines for people. */
    List<String> text();

    /** One object for programs. */
    ObjectNode json();
  }

  /**
   * A trainer that has nothing to do.
   *
   * @param readySeconds from its start until it was ready
   * @param readSeconds from its start until all was read
   * @param heapBytes after a full collection
   * @param residentBytes likewise
   * @param busy share of one core
   * @param roundSeconds from sending a further adapter's records to its event
   */
  public record Idle(
      double readySeconds,
      double readSeconds,
      OptionalLong heapBytes,
      long residentBytes,
      double busy,
      double roundSeconds) {
    ObjectNode json() {
      ObjectNode json = object().put("readySeconds", readySeconds).put("readSeconds", readSeconds);
      if (heapBytes.isPresent()) {
        json.put("heapBytes", heapBytes.getAsLong());
      } else {
        json.putNull("heapBytes");
      }
      return json.put("residentBytes", residentBytes)
          .put("coreShare", busy)
          .put("roundSeconds", roundSeconds);
    }

    String text(String name) {
      return line(
          "  %-8s ready after %.1f s, read after %.1f s, heap %s MiB, resident %.0f MiB, idles with %.1f %% of a core, a round takes %.2f s",
          name,
          readySeconds,
          readSeconds,
          heapBytes.isPresent() ? line("%.1f", heapBytes.getAsLong() / MEBIBYTE) : "unknown",
          residentBytes / MEBIBYTE,
          100 * busy,
          roundSeconds);
    }
  }

  /**
   * Many adapters with few records each.
   *
   * @param records of all of them
   * @param empty nothing waits
   * @param waiting all of them wait
   */
  public record Adapters(int adapters, long records, Idle empty, Idle waiting) implements Scenario {
    /** Bytes of heap for an adapter with its records; empty where heaps are not known. */
    public OptionalLong heapPerAdapter() {
      return empty.heapBytes().isPresent() && waiting.heapBytes().isPresent()
          ? OptionalLong.of(
              Math.round(
                  (double) (waiting.heapBytes().getAsLong() - empty.heapBytes().getAsLong())
                      / adapters))
          : OptionalLong.empty();
    }

    @Override
    public List<String> text() {
      return List.of(
          line(
              "adapters: %d of them, %d records wait, %s bytes of heap an adapter",
              adapters,
              records,
              heapPerAdapter().isPresent() ? heapPerAdapter().getAsLong() : "unknown"),
          empty.text("empty"),
          waiting.text("waiting"));
    }

    @Override
    public ObjectNode json() {
      ObjectNode json = object().put("scenario", "adapters");
      json.put("adapters", adapters).put("records", records);
      if (heapPerAdapter().isPresent()) {
        json.put("heapBytesPerAdapter", heapPerAdapter().getAsLong());
      } else {
        json.putNull("heapBytesPerAdapter");
      }
      json.set("empty", empty.json());
      json.set("waiting", waiting.json());
      return json;
    }
  }

  /**
   * A restart with settled records behind one that sleeps.
   *
   * @param records that are settled
   * @param settleSeconds from the first start until they were
   * @param rounds that it took
   * @param readySeconds from the restart until it was ready
   * @param readSeconds from the restart until it had read to the end again
   * @param residentBefore bytes before the restart
   * @param residentBytes after it
   */
  public record Settled(
      long records,
      double settleSeconds,
      long rounds,
      double readySeconds,
      double readSeconds,
      long residentBefore,
      long residentBytes)
      implements Scenario {
    @Override
    public List<String> text() {
      return List.of(
          line(
              "settled: %d records behind a sleeper, done in %d rounds after %.0f s, resident %.0f MiB",
              records, rounds, settleSeconds, residentBefore / MEBIBYTE),
          line(
              "  restart  ready after %.1f s, read after %.1f s, resident %.0f MiB",
              readySeconds, readSeconds, residentBytes / MEBIBYTE));
    }

    @Override
    public ObjectNode json() {
      return object()
          .put("scenario", "settled")
          .put("records", records)
          .put("settleSeconds", settleSeconds)
          .put("rounds", rounds)
          .put("residentBytesBefore", residentBefore)
          .put("readySeconds", readySeconds)
          .put("readSeconds", readSeconds)
          .put("residentBytes", residentBytes);
    }
  }

  /**
   * Bytes of a process over time.
   *
   * @param first when it was ready
   * @param max of all looks
   * @param last at the end
   * @param heapMax bytes of heap in use at most, garbage included
   */
  public record Memory(long first, long max, long last, long heapMax) {}

  /**
   * Many records of one adapter.
   *
   * @param records in the topic
   * @param readSeconds from being ready until all that is read ahead was read
   * @param read how many those were
   * @param rounds that ended meanwhile and after it
   * @param roundSeconds how long rounds were watched after it
   */
  public record Backlog(
      long records, double readSeconds, long read, long rounds, double roundSeconds, Memory memory)
      implements Scenario {
    /** Records read in a second. */
    public double rate() {
      return read / readSeconds;
    }

    @Override
    public List<String> text() {
      return List.of(
          line(
              "backlog: %d records, %d read after %.1f s (%.0f a second), %d rounds until %.0f s later",
              records, read, readSeconds, rate(), rounds, roundSeconds),
          line(
              "  resident first %.0f MiB, max %.0f, last %.0f; heap in use at most %.0f MiB",
              memory.first() / MEBIBYTE,
              memory.max() / MEBIBYTE,
              memory.last() / MEBIBYTE,
              memory.heapMax() / MEBIBYTE));
    }

    @Override
    public ObjectNode json() {
      return object()
          .put("scenario", "backlog")
          .put("records", records)
          .put("read", read)
          .put("readSeconds", readSeconds)
          .put("recordsPerSecond", rate())
          .put("rounds", rounds)
          .put("roundsWatchedSeconds", roundSeconds)
          .put("residentBytesFirst", memory.first())
          .put("residentBytesMax", memory.max())
          .put("residentBytesLast", memory.last())
          .put("heapBytesMax", memory.heapMax());
    }
  }

  /** The lines of all scenarios. */
  public List<String> text() {
    return scenarios.stream().flatMap(scenario -> scenario.text().stream()).toList();
  }

  /** One object per scenario. */
  public JsonNode json() {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    scenarios.forEach(scenario -> results.add(scenario.json()));
    return results;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
