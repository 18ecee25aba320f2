package io.alluvium.cli.order.erasure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A trace in words and as JSON. Pure. */
final class TraceText {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private TraceText() {}

  static List<String> lines(Trace trace) {
    List<String> lines = new ArrayList<>();
    trace.steps().forEach(step -> lines.add(line(trace.adapter(), step)));
    lines.add(trace.adapter() + ": " + ending(trace));
    String next = trace.next();
    if (next != null) {
      lines.add("  " + next);
    }
    return lines;
  }

  private static String line(String adapter, Trace.Step step) {
    List<String> facts = new ArrayList<>();
    if (step.trained() > 0) {
      facts.add("trained on " + step.trained());
    }
    if (step.judged() > 0) {
      facts.add("judged by " + step.judged());
    }
    if (step.from() != null) {
      facts.add("comes from version " + step.from());
    }
    if (step.learned() && !step.isFlagged()) {
      facts.add("left nothing");
    }
    return "%s@%d  %-11s  %s"
        .formatted(
            adapter,
            step.event().getVersion(),
            step.event().getOutcome().name().toLowerCase(Locale.ROOT),
            String.join(", ", facts));
  }

  private static String ending(Trace trace) {
    if (!trace.isInUse()) {
      return "neither what is served nor what training goes on from learned from it";
    }
    return trace.clean() == null
        ? "no released version is free of it: train another adapter, and serve this one no more"
        : "version %d is the newest that is free of it; to serve it and train on from it:"
            .formatted(trace.clean());
  }

  static ObjectNode json(Trace trace) {
    ObjectNode node = NODES.objectNode();
    node.put("adapter", trace.adapter());
    ArrayNode versions = node.putArray("versions");
    for (Trace.Step step : trace.steps()) {
      versions
          .addObject()
          .put("version", step.event().getVersion())
          .put("outcome", step.event().getOutcome().name())
          .put("trained", step.trained())
          .put("judged", step.judged())
          .put("from", step.from())
          .put("flagged", step.isFlagged());
    }
    node.put("current", trace.current()).put("inUse", trace.isInUse());
    return node.put("clean", trace.clean()).put("next", trace.next());
  }
}
