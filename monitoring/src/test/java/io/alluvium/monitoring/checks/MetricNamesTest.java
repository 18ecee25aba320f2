package io.alluvium.monitoring.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.monitoring.queries.ExportedNames;
import io.alluvium.monitoring.queries.Expression;
import io.alluvium.monitoring.queries.Panel;
import io.alluvium.monitoring.queries.Rule;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody asks for a metric that nobody exports. */
class MetricNamesTest {
  /** Prometheus' own, and the few of Micrometer's that the dashboard shows. */
  private static final Set<String> OF_OTHERS =
      Set.of("up", "ALERTS", "process_cpu_usage", "jvm_memory_used_bytes");

  static Stream<Expression> expressions() {
    return Stream.concat(
        Rule.all().stream().map(Rule::expression), Panel.allExpressions().stream());
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void everyMetricAskedForIsExportedOrRecorded(Expression expression) throws IOException {
    ExportedNames exported = ExportedNames.read();

    assertThat(expression.metricNames())
        .isNotEmpty()
        .allMatch(
            name -> OF_OTHERS.contains(name) || recorded().contains(name) || exported.has(name),
            "is exported (" + exported.bases() + ") or recorded");
  }

  private static Set<String> recorded() {
    return Rule.all().stream()
        .filter(rule -> !rule.alert())
        .map(Rule::name)
        .collect(Collectors.toSet());
  }
}
