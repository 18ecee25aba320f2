package io.alluvium.monitoring.queries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionTest {
  @Test
  void findsMetricsAndNeitherFunctionsNorLabelsNorRanges() {
    Expression expression =
        new Expression(
            "",
            "histogram_quantile(0.5, sum by (le, job) (rate(a_bucket{x=\"b_c\"}[$__rate_interval])))"
                + " > on(stage) x:y:max and max (c_total) or absent(up{job=\"d\"}) / 2");

    assertThat(expression.metricNames()).containsExactly("a_bucket", "c_total", "up", "x:y:max");
  }

  @Test
  void findsVariablesInBothSpellings() {
    assertThat(new Expression("", "a{b=~\"$adapter\",c=\"${other}\"}[$__range]").variables())
        .containsExactly("__range", "adapter", "other");
  }

  @Test
  void sendsWhatADashboardWouldSend() {
    assertThat(
            new Expression("", "rate(a{adapter=~\"$adapter\"}[$__rate_interval])")
                .substituted("1m")
                .text())
        .isEqualTo("rate(a{adapter=~\".+\"}[1m])");
  }
}
