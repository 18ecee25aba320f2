package io.alluvium.monitoring.queries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One rule of the rule file.
 *
 * @param name of the alert, or of the recorded metric
 * @param alert whether it is an alert
 * @param body the rule as written
 */
public record Rule(String name, boolean alert, JsonNode body) {

  /** All rules of the rule file, in its order. */
  public static List<Rule> all() {
    return stream(MonitoringFolder.yaml(MonitoringFolder.rules()).path("groups"))
        .flatMap(group -> stream(group.path("rules")))
        .map(Rule::of)
        .toList();
  }

  /** The alerts of the rule file, in its order. */
  public static List<Rule> alerts() {
    return all().stream().filter(Rule::alert).toList();
  }

  /** What the rule evaluates. */
  public Expression expression() {
    return new Expression("rule " + name, body.path("expr").asText());
  }

  @Override
  public String toString() {
    return name;
  }

  private static Rule of(JsonNode body) {
    return body.has("alert")
        ? new Rule(body.path("alert").asText(), true, body)
        : new Rule(body.path("record").asText(), false, body);
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
