package io.alluvium.trainer.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the trace that libtorch writes of a step and adds up each op's own time per group. Groups
 * are told by the op's name and the sizes it worked on. Pure but for the file.
 */
final class OpGroups {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DecoderConfig model;
  private final int rank;

  /** Groups ops of a model whose adapters have a rank that is no size of the model's own. */
  OpGroups(DecoderConfig model, int rank) {
    this.model = model;
    this.rank = rank;
  }

  private static final class Event {
    private final String name;
    private final String shape;
    private final double begin;
    private final double duration;
    private double own;

    Event(JsonNode node) {
      this.name = node.path("name").asText();
      this.shape = node.path("shape").toString();
      this.begin = node.path("ts").asDouble();
      this.duration = node.path("dur").asDouble();
      this.own = duration;
    }
  }

  /** Milliseconds per group. */
  Map<String, Double> of(Path trace) throws IOException {
    Map<String, Double> groups = new TreeMap<>();
    for (Event event : events(trace)) {
      groups.merge(group(event.name, event.shape), event.own / 1e3, Double::sum);
    }
    return groups;
  }

  /** The group of one op. */
  String group(String op, String shape) {
    String name = op.toLowerCase(Locale.ROOT);
    if (name.contains("adam") || name.contains("foreach")) {
      return "optimiser";
    }
    if (has(shape, model.vocabulary()) && !name.contains("embedding")) {
      return "head + loss";
    }
    if (name.contains("attention") || shape.contains("," + model.headSize() + "]")) {
      return "attention";
    }
    if (name.endsWith("mm") || name.endsWith("mm_") || name.endsWith("linear")) {
      return has(shape, rank) || has(shape, 2 * rank) || has(shape, 3 * rank)
          ? "LoRA"
          : "projections";
    }
    return elementwise(shape);
  }

  private String elementwise(String shape) {
    if (has(shape, model.intermediate())) {
      return "activation";
    }
    if (has(shape, rank) || has(shape, 3 * rank)) {
      return "LoRA";
    }
    return has(shape, model.hidden()) ? "norms + residual" : "data + bookkeeping";
  }

  /** Whether a matrix has this many rows or columns; lists do not count. */
  private static boolean has(String shape, int size) {
    return shape.matches(".*(," + size + "[\\],]|\\[" + size + ",).*");
  }

  private static List<Event> events(Path trace) throws IOException {
    List<Event> events = new ArrayList<>();
    for (JsonNode node : JSON.readTree(closed(Files.readString(trace)))) {
      if (node.has("dur")) {
        events.add(new Event(node));
      }
    }
    events.sort(
        Comparator.<Event>comparingDouble(e -> e.begin).thenComparingDouble(e -> -e.duration));
    Deque<Event> open = new ArrayDeque<>();
    for (Event event : events) {
      while (!open.isEmpty() && event.begin >= open.peek().begin + open.peek().duration) {
        open.pop();
      }
      if (!open.isEmpty()) {
        open.peek().own -= event.duration;
      }
      open.push(event);
    }
    return events;
  }

  /** libtorch leaves a comma behind the last event. */
  private static String closed(String text) {
    String body = text.strip();
    body = body.endsWith("]") ? body.substring(0, body.length() - 1).strip() : body;
    return (body.endsWith(",") ? body.substring(0, body.length() - 1) : body) + "]";
  }
}
