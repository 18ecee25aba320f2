package io.alluvium.cli.bench.domains;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.domains.exam.Exam;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What two domains left behind. Pure.
 *
 * @param base losses without any adapter
 * @param first after the first domain
 * @param second after the second domain
 */
record DomainsReport(Exam.Losses base, DomainsRun.Leg first, DomainsRun.Leg second) {

  /** Of what the first domain gained, the share that the second took away again. */
  double shareLost() {
    double best = first.losses().first();
    return (second.losses().first() - best) / (base.first() - best);
  }

  /** The tables. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "domain     windows released continued refused  trained replayed  not taken  seconds");
    lines.add(rounds(first));
    lines.add(rounds(second));
    lines.add("");
    lines.add(
        "nats per token           %10s %10s %10s"
            .formatted(first.domain(), second.domain(), "old skill"));
    lines.add(losses("base alone", base));
    lines.add(losses("after " + first.domain(), first.losses()));
    lines.add(losses("after " + second.domain(), second.losses()));
    lines.add(
        String.format(
            Locale.ROOT,
            "of what %s gained, %s took away %.1f %%",
            first.domain(),
            second.domain(),
            100 * shareLost()));
    return lines;
  }

  private static String rounds(DomainsRun.Leg leg) {
    Settling.Tally tally = leg.tally();
    return String.format(
        Locale.ROOT,
        "%-10s %7d %8d %9d %7d %8d %8d %10d %8.0f%s",
        leg.domain(),
        tally.windows(),
        tally.released(),
        tally.continued(),
        tally.refused(),
        tally.trained(),
        tally.replayed(),
        tally.recordsRefused(),
        leg.seconds(),
        leg.unsettled() > 0 ? "  (%d not settled)".formatted(leg.unsettled()) : "");
  }

  private static String losses(String when, Exam.Losses losses) {
    return String.format(
        Locale.ROOT,
        "%-24s %10.3f %10.3f %10.3f",
        when,
        losses.first(),
        losses.second(),
        losses.old());
  }

  /** One object per line of the tables. */
  ArrayNode json() {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    results.addObject().put("after", "base").setAll(json(base));
    for (DomainsRun.Leg leg : List.of(first, second)) {
      results.addObject().put("after", leg.domain()).setAll(rounds(leg.tally(), leg));
    }
    results.addObject().put("shareLost", shareLost());
    return results;
  }

  private static ObjectNode rounds(Settling.Tally tally, DomainsRun.Leg leg) {
    ObjectNode json = json(leg.losses());
    json.put("windows", tally.windows()).put("released", tally.released());
    json.put("continued", tally.continued()).put("refused", tally.refused());
    json.put("trained", tally.trained()).put("replayed", tally.replayed());
    json.put("recordsRefused", tally.recordsRefused()).put("unsettled", leg.unsettled());
    return json.put("seconds", leg.seconds());
  }

  private static ObjectNode json(Exam.Losses losses) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("first", losses.first()).put("second", losses.second());
    return json.put("old", Double.isNaN(losses.old()) ? null : losses.old());
  }
}
