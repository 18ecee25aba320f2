package io.alluvium.monitoring.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.monitoring.queries.MonitoringFolder;
import io.alluvium.monitoring.queries.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alert says enough to act on, has both kinds of tests, and a page to read at night. */
class AlertsTest {
  private static final List<String> CHAPTERS =
      List.of("## Meaning", "## Impact", "## First look", "## Likely causes", "## Remedies");

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.Rule#alerts")
  void anAlertSaysHowLongHowBadWhatAndWhereToRead(Rule alert) {
    JsonNode body = alert.body();
    assertThat(body.path("for").asText()).matches("[0-9]+[smh]");
    assertThat(body.at("/labels/severity").asText()).isIn("critical", "warning");
    assertThat(body.at("/annotations/summary").asText()).isNotBlank();
    assertThat(body.at("/annotations/description").asText()).isNotBlank();
    assertThat(body.at("/annotations/runbook_url").asText())
        .isEqualTo("monitoring/runbooks/" + alert.name() + ".md");
  }

  @Test
  void alertsAndRunbooksBelongTogetherOneToOne() {
    assertThat(names(MonitoringFolder.runbooks(), ".md")).isEqualTo(sortedAlertNames());
  }

  @Test
  void alertsAndTestFilesBelongTogetherOneToOne() {
    assertThat(names(MonitoringFolder.ruleTests(), ".yml")).isEqualTo(sortedAlertNames());
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.Rule#alerts")
  void anAlertHasATestThatFiresAndOneThatStaysSilent(Rule alert) {
    JsonNode file = MonitoringFolder.yaml(testOf(alert));

    assertThat(file.path("tests"))
        .as("a test in which it fires")
        .anyMatch(test -> expectations(test).anyMatch(AlertsTest::fires));
    assertThat(file.path("tests"))
        .as("a test in which it never fires")
        .anyMatch(test -> expectations(test).noneMatch(AlertsTest::fires));
    assertThat(file.findValuesAsText("alertname")).containsOnly(alert.name());
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.MonitoringFolder#runbooks")
  void aRunbookHasTheSameChaptersAndCommandsAsTheOthers(Path runbook) throws IOException {
    List<String> lines = Files.readAllLines(runbook);

    assertThat(lines.get(0)).isEqualTo("# " + stem(runbook, ".md"));
    assertThat(lines).filteredOn(line -> line.startsWith("## ")).isEqualTo(CHAPTERS);
    assertThat(lines).as("commands to type").anyMatch(line -> line.startsWith("deploy/alluvium "));
    assertThat(lines).as("one page").hasSizeLessThan(70);
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.MonitoringFolder#runbooks")
  void aRunbookNamesNoAlertThatIsNone(Path runbook) throws IOException {
    String text = Files.readString(runbook);

    assertThat(text.split("\\W+"))
        .filteredOn(word -> word.matches("Alluvium[A-Z]\\w+"))
        .isSubsetOf(sortedAlertNames());
  }

  private static boolean fires(JsonNode expectation) {
    return !expectation.path("exp_alerts").isEmpty();
  }

  private static Stream<JsonNode> expectations(JsonNode test) {
    return test.findValues("alert_rule_test").stream()
        .flatMap(list -> list.findParents("alertname").stream());
  }

  private static Path testOf(Rule alert) {
    return MonitoringFolder.ruleTests().stream()
        .filter(file -> stem(file, ".yml").equals(alert.name()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> sortedAlertNames() {
    return Rule.alerts().stream().map(Rule::name).sorted().toList();
  }

  private static List<String> names(List<Path> files, String ending) {
    return files.stream().map(file -> stem(file, ending)).sorted().toList();
  }

  private static String stem(Path file, String ending) {
    String name = file.getFileName().toString();
    assertThat(name.toLowerCase(Locale.ROOT)).endsWith(ending);
    return name.substring(0, name.length() - ending.length());
  }
}
