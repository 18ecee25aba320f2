package io.alluvium.cli.bench.forgetting;

import io.alluvium.trainer.bench.forgetting.SequenceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The results of all arms as Markdown tables.
 *
 * @param results in the order in which they were asked for
 */
record ForgettingReport(List<SequenceResult> results) {
  private static final String HEAD =
      "| arm | learned | kept at the end | backward transfer | worst domain | old rules | old facts | old skills, nats | s |";

  /** One table for the rules of the new domains, one for their facts. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (String test : List.of("rules", "facts")) {
      lines.add("new " + test + ", exact match; mean and 95 % interval over seeds");
      lines.add("");
      lines.add(HEAD);
      lines.add("|---|---|---|---|---|---|---|---|---|");
      arms().forEach(arm -> lines.add(line(arm, test)));
      lines.add("");
    }
    return lines;
  }

  private List<String> arms() {
    return results.stream().map(SequenceResult::arm).distinct().toList();
  }

  private String line(String arm, String test) {
    List<SequenceResult> seeds = results.stream().filter(r -> r.arm().equals(arm)).toList();
    return String.format(
        Locale.ROOT,
        "| `%s` | %s | %s | %s | %s | %s | %s | %s | %.0f |",
        arm,
        over(seeds, test, ArmFigures::learned),
        over(seeds, test, ArmFigures::kept),
        over(seeds, test, ArmFigures::transfer),
        over(seeds, test, ArmFigures::worst),
        over(seeds, test, ArmFigures::oldRules),
        over(seeds, test, ArmFigures::oldFacts),
        over(seeds, test, ArmFigures::oldNats),
        seeds.stream().mapToDouble(SequenceResult::seconds).average().orElse(0));
  }

  private static Interval over(
      List<SequenceResult> seeds, String test, ToDoubleFunction<ArmFigures> figure) {
    return Interval.of(
        seeds.stream().map(result -> figure.applyAsDouble(ArmFigures.of(result, test))).toList());
  }
}
