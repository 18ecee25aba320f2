package io.alluvium.monitoring.queries;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One panel of the dashboard.
 *
 * @param body as written
 */
public record Panel(JsonNode body) {

  /** All panels of the dashboard, rows included, in its order. */
  public static List<Panel> all() {
    return stream(dashboard().path("panels")).map(Panel::new).toList();
  }

  /** The panels that show something: no rows. */
  public static List<Panel> showing() {
    return all().stream().filter(panel -> !panel.isRow()).toList();
  }

  /** Every expression of the dashboard. */
  public static List<Expression> allExpressions() {
    return showing().stream().flatMap(panel -> panel.expressions().stream()).toList();
  }

  /** The whole dashboard. */
  public static JsonNode dashboard() {
    return MonitoringFolder.json(MonitoringFolder.dashboard());
  }

  /** Its id, unique in the dashboard. */
  public int id() {
    return body.path("id").asInt(-1);
  }

  /** Its title. */
  public String title() {
    return body.path("title").asText();
  }

  /** Whether it only is a heading. */
  public boolean isRow() {
    return body.path("type").asText().equals("row");
  }

  /** Where it stands. */
  public Area area() {
    JsonNode at = body.path("gridPos");
    return new Area(
        at.path("x").asInt(-1), at.path("y").asInt(-1), at.path("w").asInt(), at.path("h").asInt());
  }

  /** Its queries. */
  public List<JsonNode> targets() {
    return stream(body.path("targets")).toList();
  }

  /** What its queries ask. */
  public List<Expression> expressions() {
    return targets().stream().map(this::expression).toList();
  }

  @Override
  public String toString() {
    return "panel " + id() + " \"" + title() + "\"";
  }

  private Expression expression(JsonNode target) {
    return new Expression(this + " " + target.path("refId").asText(), target.path("expr").asText());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /**
   * A rectangle in grid units.
   *
   * @param x columns from the left
   * @param y rows from the top
   * @param width in columns
   * @param height in rows
   */
  public record Area(int x, int y, int width, int height) {
    /** Whether the two share a cell. */
    public boolean overlaps(Area other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }
}
