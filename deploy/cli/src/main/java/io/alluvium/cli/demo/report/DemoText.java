package io.alluvium.cli.demo.report;

import io.alluvium.cli.demo.measure.Knowledge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The summary for a person. Pure. */
public final class DemoText {
  private static final String NONE = "none";

  private final DemoResult result;
  private final List<String> lines = new ArrayList<>();

  private DemoText(DemoResult result) {
    this.result = result;
  }

  /** The lines, from what came in to how to use what came out. */
  public static List<String> of(DemoResult result, Path base) {
    DemoText text = new DemoText(result);
    text.flow();
    text.knowledge();
    text.times();
    text.loading(base);
    return text.lines;
  }

  private void flow() {
    DemoResult.Flow flow = result.flow();
    line("records in        %d", flow.recordsIn());
    line("  accepted        %d", flow.accepted());
    line("  refused         %s", counts(flow.rejected()));
    line("windows           %d", flow.windows());
    line("  released        %d", flow.released());
    line("  continued       %d", flow.continued());
    line("  refused         %s", counts(flow.refused()));
  }

  private static String counts(SortedMap<String, Long> counts) {
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    String parts =
        counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
    return sum == 0 ? NONE : sum + " (" + parts + ")";
  }

  private void knowledge() {
    Optional<Knowledge> plain = result.plain();
    line("");
    line("exact match       %7s %7s%s", "before", "after", plain.isPresent() ? "   plain" : "");
    row(
        "new domain",
        result.before().newDomain(),
        result.after().newDomain(),
        plain.map(Knowledge::newDomain));
    result
        .before()
        .skills()
        .forEach(
            (skill, share) ->
                row(
                    "  " + skill,
                    share,
                    result.after().skill(skill),
                    plain.map(p -> p.skill(skill))));
    plain.ifPresent(
        shown ->
            line("plain: the same records and settings without anchors, slow adapter and gate"));
  }

  private void row(String name, double before, double after, Optional<Double> plain) {
    String compared = plain.map(share -> String.format(Locale.ROOT, " %7.3f", share)).orElse("");
    line("%-17s %7.3f %7.3f%s", name, before, after, compared);
  }

  private void times() {
    DemoResult.Flow flow = result.flow();
    line("");
    line(
        "produced to published  p50 %.1f s, p95 %.1f s",
        flow.freshnessP50Seconds(), flow.freshnessP95Seconds());
    line("rounds                 %s", stages(flow.stageSeconds()));
    line("first release          %.1f s after the first record", flow.firstReleaseSeconds());
    line("whole demo             %.0f s", result.wallSeconds());
  }

  /** The longest first. */
  private static String stages(SortedMap<String, Double> seconds) {
    double sum = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    return seconds.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .map(
            stage ->
                String.format(
                    Locale.ROOT,
                    "%s %.1f s (%.0f %%)",
                    stage.getKey(),
                    stage.getValue(),
                    100 * stage.getValue() / sum))
        .collect(Collectors.joining(", "));
  }

  private void loading(Path base) {
    line("");
    if (result.adapterFolder().isEmpty()) {
      line("no version was released; the reasons stand above");
      return;
    }
    Path folder = result.adapterFolder().get();
    line("adapter folder  %s", folder);
    line("load it with PEFT:");
    line("  from transformers import AutoModelForCausalLM");
    line("  from peft import PeftModel");
    line(
        "  model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(\"%s\"), \"%s\")",
        base, folder);
  }

  private void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
