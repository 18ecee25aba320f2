package io.alluvium.monitoring.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * One value of an instant query.
 *
 * @param labels of its series, sorted
 * @param value as a number; may be NaN or infinite
 */
public record Sample(Map<String, String> labels, double value) {

  /** The value of a label, empty where the series has none of this name. */
  public String label(String name) {
    return labels.getOrDefault(name, "");
  }

  static Sample of(JsonNode result) {
    Map<String, String> labels = new TreeMap<>();
    result.path("metric").properties().forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
    return new Sample(labels, number(result.at("/value/1").asText()));
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
