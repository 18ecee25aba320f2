package io.alluvium.monitoring.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alluvium.monitoring.prometheus.Promtool;
import io.alluvium.monitoring.prometheus.Promtool.Finding;
import io.alluvium.monitoring.queries.Expression;
import io.alluvium.monitoring.queries.MonitoringFolder;
import io.alluvium.monitoring.queries.Panel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every expression goes through Prometheus' own parser, and the rules through its test runner. */
class PromqlTest {
  @Test
  void promtoolAcceptsTheRules() throws IOException, InterruptedException {
    assertContent("check", "rules", MonitoringFolder.rules().toString());
  }

  @Test
  void promtoolAcceptsTheSampleConfiguration() throws IOException, InterruptedException {
    assertContent("check", "config", MonitoringFolder.prometheusConfig().toString());
  }

  @Test
  void promtoolAcceptsEveryQueryOfTheDashboard(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path rules = asRecordingRules(folder, Panel.allExpressions());

    Finding finding = Promtool.run("check", "rules", rules.toString());

    assertThat(finding.exit()).as(finding.output()).isZero();
    assertThat(finding.output()).contains(Panel.allExpressions().size() + " rules found");
  }

  @Test
  void promtoolRefusesAQueryThatIsNone(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path rules = asRecordingRules(folder, List.of(new Expression("made up", "sum(rate(up[1m])")));

    assertThat(Promtool.run("check", "rules", rules.toString()).exit()).isNotZero();
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.MonitoringFolder#ruleTests")
  void theTestsOfAnAlertPass(Path test) throws IOException, InterruptedException {
    assertContent("test", "rules", test.toString());
  }

  private static void assertContent(String... arguments) throws IOException, InterruptedException {
    Finding finding = Promtool.run(arguments);
    assertThat(finding.exit()).as(finding.output()).isZero();
  }

  /** Names are numbered, because promtool complains of two rules with one name. */
  private static Path asRecordingRules(Path folder, List<Expression> expressions)
      throws IOException {
    List<Map<String, String>> rules = new ArrayList<>();
    for (Expression expression : expressions) {
      String name = "dashboard:query" + rules.size();
      rules.add(Map.of("record", name, "expr", expression.substituted("1m").text()));
    }
    Path file = folder.resolve("dashboard.rules.yml");
    Files.write(
        file,
        new YAMLMapper()
            .writeValueAsBytes(
                Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules)))));
    return file;
  }
}
