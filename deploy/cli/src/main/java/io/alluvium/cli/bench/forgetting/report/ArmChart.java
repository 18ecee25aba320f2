package io.alluvium.cli.bench.forgetting.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Arms as points in an SVG: what they learned against what they lost of it, with 95 % intervals.
 * Better is further down and to the left. Texts and lines only: charting libraries draw by way of
 * AWT, which wants fonts that a server lacks.
 *
 * @param table the figures
 */
public record ArmChart(ArmTable table) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 420;
  private static final int LEFT = 70;
  private static final int BOTTOM = 50;
  private static final int ROOM = 20;
  private static final int TICKS = 5;
  private static final String STYLE =
      "text{font:12px sans-serif;fill:currentColor}path{stroke:currentColor;fill:none}circle{fill:#2a78b5}";

  /** An arm's place. */
  private record Point(String arm, Interval x, Interval y) {}

  /** Values from the least to the greatest on so many pixels. */
  private record Axis(double least, double most, int from, int to) {
    static Axis over(List<Interval> values, int from, int to) {
      double least = values.stream().mapToDouble(Axis::low).min().orElse(0);
      double most = values.stream().mapToDouble(Axis::high).max().orElse(1);
      double room = most > least ? (most - least) / 10 : 1;
      return new Axis(least - room, most + room, from, to);
    }

    static double low(Interval value) {
      return value.mean() - value.halfOrZero();
    }

    static double high(Interval value) {
      return value.mean() + value.halfOrZero();
    }

    double pixel(double value) {
      return from + (value - least) / (most - least) * (to - from);
    }

    double tick(int number) {
      return least + (most - least) * number / TICKS;
    }
  }

  /** Name of the test, for a file's name. */
  public String name() {
    return table.test();
  }

  /** The picture. */
  public String svg() {
    List<Point> points =
        table.arms().stream()
            .map(
                arm ->
                    new Point(
                        arm,
                        table.over(arm, figures -> figures.nats().learned()),
                        table.over(arm, figures -> figures.nats().lost())))
            .filter(point -> Double.isFinite(point.x().mean() + point.y().mean()))
            .toList();
    Axis x = Axis.over(points.stream().map(Point::x).toList(), LEFT, WIDTH - ROOM);
    Axis y = Axis.over(points.stream().map(Point::y).toList(), HEIGHT - BOTTOM, ROOM);
    List<String> lines = new ArrayList<>();
    lines.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\"><style>%s</style>"
            .formatted(WIDTH, HEIGHT, STYLE));
    lines.addAll(frame(x, y));
    points.forEach(point -> lines.addAll(drawn(point, x, y)));
    lines.add("</svg>");
    return String.join("\n", lines) + "\n";
  }

  private static List<String> frame(Axis x, Axis y) {
    List<String> lines = new ArrayList<>();
    lines.add(line(x.from(), y.from(), x.to(), y.from()));
    lines.add(line(x.from(), y.from(), x.from(), y.to()));
    for (int number = 0; number <= TICKS; number++) {
      lines.add(text(x.pixel(x.tick(number)), y.from() + 18, "middle", number(x.tick(number))));
      lines.add(text(x.from() - 6, y.pixel(y.tick(number)) + 4, "end", number(y.tick(number))));
    }
    lines.add(text((x.from() + x.to()) / 2.0, HEIGHT - 10, "middle", "loss when learned, nats"));
    lines.add(text(x.from() + 6, y.to() - 6, "start", "share of the gain that is lost at the end"));
    return lines;
  }

  private static List<String> drawn(Point point, Axis x, Axis y) {
    double px = x.pixel(point.x().mean());
    double py = y.pixel(point.y().mean());
    return List.of(
        line(x.pixel(Axis.low(point.x())), py, x.pixel(Axis.high(point.x())), py),
        line(px, y.pixel(Axis.low(point.y())), px, y.pixel(Axis.high(point.y()))),
        format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\"/>", px, py),
        text(px + 7, py - 6, "start", point.arm()));
  }

  private static String line(double x1, double y1, double x2, double y2) {
    return format("<path d=\"M%.1f %.1fL%.1f %.1f\"/>", x1, y1, x2, y2);
  }

  private static String text(double x, double y, String anchor, String words) {
    return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, words);
  }

  private static String number(double value) {
    return format("%.2f", value);
  }

  private static String format(String form, Object... values) {
    return Objects.requireNonNull(String.format(Locale.ROOT, form, values));
  }
}
