package io.alluvium.monitoring.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.monitoring.queries.Expression;
import io.alluvium.monitoring.queries.Panel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be said of a dashboard without a Grafana that renders it. */
class DashboardTest {
  private static final int COLUMNS = 24;
  private static final int SCHEMA_VERSION = 39;
  private static final String DATASOURCE = "${datasource}";
  private static final Set<String> BUILT_IN = Set.of("__rate_interval", "__range");

  private final JsonNode dashboard = Panel.dashboard();

  @Test
  void isOfThePinnedSchemaAndHasItsName() {
    assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(SCHEMA_VERSION);
    assertThat(dashboard.path("uid").asText()).isEqualTo("alluvium");
    assertThat(dashboard.path("title").asText()).isNotBlank();
    assertThat(dashboard.path("description").asText()).isNotBlank();
    assertThat(dashboard.has("id")).as("a database id would tie the file to one Grafana").isFalse();
  }

  @Test
  void panelIdsAndTitlesAreUnique() {
    assertThat(Panel.all()).extracting(Panel::id).doesNotHaveDuplicates().allMatch(id -> id > 0);
    assertThat(Panel.all()).extracting(Panel::title).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void panelsStandInsideTheGridAndNowhereOverEachOther() {
    List<Panel> panels = Panel.all();
    assertThat(panels)
        .allSatisfy(
            panel -> {
              Panel.Area area = panel.area();
              assertThat(area.x()).isNotNegative();
              assertThat(area.y()).isNotNegative();
              assertThat(area.width()).isPositive();
              assertThat(area.height()).isPositive();
              assertThat(area.x() + area.width()).isLessThanOrEqualTo(COLUMNS);
            });
    for (Panel one : panels) {
      assertThat(panels)
          .filteredOn(other -> other.id() > one.id())
          .noneMatch(other -> one.area().overlaps(other.area()));
    }
  }

  @Test
  void theDataSourceIsAVariableEverywhere() {
    assertThat(dashboard.findValues("datasource"))
        .isNotEmpty()
        .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo(DATASOURCE));
    assertThat(variable("datasource").path("type").asText()).isEqualTo("datasource");
    assertThat(variable("datasource").path("query").asText()).isEqualTo("prometheus");
  }

  @Test
  void everyVariableUsedIsDefinedAndEveryDefinedOneIsUsed() {
    Set<String> used = new HashSet<>(Set.of("datasource"));
    Panel.allExpressions().stream().map(Expression::variables).forEach(used::addAll);
    used.removeAll(BUILT_IN);

    assertThat(variables().map(variable -> variable.path("name").asText()))
        .containsExactlyInAnyOrderElementsOf(used);
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.Panel#showing")
  void aPanelSaysWhatItShowsInWhichUnit(Panel panel) {
    assertThat(panel.title()).isNotBlank();
    assertThat(panel.body().path("description").asText()).as("description").isNotBlank();
    assertThat(panel.body().at("/fieldConfig/defaults/unit").asText()).as("unit").isNotBlank();
    assertThat(panel.body().has("datasource")).as("data source").isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.alluvium.monitoring.queries.Panel#showing")
  void aPanelAsksSomethingUnderNamesOfItsOwn(Panel panel) {
    assertThat(panel.targets())
        .isNotEmpty()
        .allSatisfy(target -> assertThat(target.path("expr").asText()).isNotBlank())
        .extracting(target -> target.path("refId").asText())
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  private JsonNode variable(String name) {
    return variables()
        .filter(variable -> variable.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private Stream<JsonNode> variables() {
    JsonNode list = dashboard.at("/templating/list");
    return StreamSupport.stream(list.spliterator(), false);
  }
}
