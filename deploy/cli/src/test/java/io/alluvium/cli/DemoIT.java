package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.junit.TestFolders;
import io.alluvium.stack.supervise.StackListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo as users run it, and again over what a killed one left. */
class DemoIT {
  private static final int PLANTED = 66;
  private static final List<String> KEYS =
      List.of(
          "recordsIn",
          "accepted",
          "rejected",
          "windows",
          "released",
          "continued",
          "refused",
          "newDomain",
          "skills",
          "freshnessSeconds",
          "stageSeconds",
          "firstReleaseSeconds",
          "wallSeconds",
          "adapterFolder");

  private final Path data = TestFolders.fresh();

  /** The second has fewer records: that it begins anew does not depend on how many. */
  @Test
  void learnsTheNewDomainKeepsTheOldSkillsAndBeginsAnewAfterEverythingWasKilled() {
    JsonNode first = demo("--keep");
    assertCounts(first);
    assertLearnedAndKept(first);
    killEverything();

    JsonNode second = demo("--records", "704", "--rate", "48");
    assertThat(second.get("recordsIn").intValue()).isEqualTo(704 + PLANTED);
    assertThat(second.get("accepted").intValue()).isEqualTo(704);
    assertThat(second.get("released").intValue()).isPositive();
    assertThat(LocalStack.attach(data.resolve("demo"), StackListener.SILENT).orElseThrow().status())
        .as("nothing is left running")
        .isEmpty();
  }

  private JsonNode demo(String... options) {
    String[] arguments = {"demo", "--format", "json", "--data", data.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    Cli.Result result = Cli.run(all);
    assertThat(result.code()).as(result.err()).isZero();
    return result.json().get(result.json().size() - 1);
  }

  private static void assertCounts(JsonNode summary) {
    assertThat(summary.fieldNames()).toIterable().containsExactlyElementsOf(KEYS);
    assertThat(summary.get("recordsIn").intValue()).isEqualTo(2_816 + PLANTED);
    assertThat(summary.get("accepted").intValue()).isEqualTo(2_816);
    assertThat(summary.get("rejected").toString())
        .isEqualTo(
            "{\"DUPLICATE_ID\":24,\"DUPLICATE_TEXT\":16,\"EMPTY_RESPONSE\":12,\"TOO_LONG\":8,\"UNDECODABLE\":6}");
    int refused = 0;
    for (JsonNode count : summary.get("refused")) {
      refused += count.intValue();
    }
    assertThat(summary.get("released").intValue() + summary.get("continued").intValue() + refused)
        .isEqualTo(summary.get("windows").intValue());
    assertThat(summary.at("/freshnessSeconds/p50").doubleValue()).isPositive();
  }

  private static void assertLearnedAndKept(JsonNode summary) {
    assertThat(gain(summary.get("newDomain"))).as(summary.toString()).isGreaterThanOrEqualTo(0.4);
    assertThat(summary.get("skills")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(summary.get("skills"))
        .allSatisfy(skill -> assertThat(gain(skill)).as(summary.toString()).isGreaterThan(-0.05));
    assertThat(Path.of(summary.get("adapterFolder").textValue()).resolve("adapter_config.json"))
        .exists();
  }

  private static double gain(JsonNode change) {
    return change.get("after").doubleValue() - change.get("before").doubleValue();
  }

  private void killEverything() {
    LocalStack kept = LocalStack.attach(data.resolve("demo"), StackListener.SILENT).orElseThrow();
    assertThat(kept.status())
        .hasSize(5)
        .allSatisfy(p -> assertThat(p.state()).isEqualTo(ProcessStatus.State.RUNNING));
    kept.status().forEach(process -> kept.kill(process.name()));
    assertThat(Files.exists(data.resolve("demo/stack.json"))).isTrue();
  }
}
