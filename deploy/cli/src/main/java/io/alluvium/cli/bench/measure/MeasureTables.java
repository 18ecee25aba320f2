package io.alluvium.cli.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of several kinds as tables: one for each run of rows with the same "measure". Pure. */
public final class MeasureTables {
  private static final String KIND = "measure";

  private MeasureTables() {}

  /** Lines; a new kind begins with the names of its fields. */
  public static List<String> of(JsonNode rows) {
    List<String> lines = new ArrayList<>();
    String before = "";
    for (JsonNode row : rows) {
      String kind = row.path(KIND).asText();
      if (!kind.equals(before)) {
        lines.add("");
        lines.add(header(row));
        before = kind;
      }
      lines.add(line(row));
    }
    return lines;
  }

  private static String header(JsonNode row) {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      if (!field.getKey().equals(KIND)) {
        line.append(cell(field.getValue(), field.getKey()));
      }
    }
    return line.toString().stripTrailing();
  }

  private static String line(JsonNode row) {
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      if (!field.getKey().equals(KIND)) {
        line.append(cell(field.getValue(), shown(field.getValue())));
      }
    }
    return line.toString().stripTrailing();
  }

  private static String shown(JsonNode value) {
    if (value.isNull()) {
      return "-";
    }
    return value.isFloatingPointNumber()
        ? String.format(Locale.ROOT, "%.4f", value.asDouble())
        : value.asText();
  }

  private static String cell(JsonNode value, String text) {
    return String.format(Locale.ROOT, value.isTextual() ? "%-20s  " : "%13s  ", text);
  }
}
