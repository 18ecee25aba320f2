package io.alluvium.trainer.program.gradient;

import io.alluvium.trainer.program.text.DecoderText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Linears that read the same input h. Their adapters' A are one matrix product, and what flows back
 * into h is added up within the products instead of between them.
 *
 * <p>With y = W·h + s·B·(A·h), E = s·dy·B: dA = Eᵀ·h, dB = s·dyᵀ·(A·h), dh = Σ dy·W + E·A. Where an
 * adapter scales the rows of W by g, dg = Σ dy ⊙ (W·h), for which that product is made again. Where
 * it is a matrix D, y = W·h + D·h, dD = dyᵀ·h, dh = Σ dy·W + dy·D.
 *
 * @param name of the group, part of its methods' names
 * @param linears in the order of the decoder's list of linears
 * @param dropout where adapters read h, or nothing
 */
record LinearGroup(String name, List<String> linears, DropoutText dropout) {
  private static final String STATE = "w: List[Tensor], i: int, a: List[Tensor], j: int, s: float";

  /** {@code forth_NAME}: the outputs; appends A·h of all adapters to {@code keep}. */
  String forth(DecoderText text) {
    List<String> adapted = adapted(text);
    StringBuilder lines = new StringBuilder();
    lines.append(
        "  def forth_%s(self: __torch__.M, h: Tensor, %s, keep: List[Tensor]) -> List[Tensor]:%n"
            .formatted(name, STATE));
    line(lines, "both = " + low(text, adapted));
    line(lines, "_0 = torch.append(keep, both)");
    split(lines, text, adapted);
    read(lines, text);
    for (int n = 0; n < linears.size(); n++) {
      String linear = linears.get(n);
      line(lines, "y%d = %s".formatted(n, text.plain(linear)));
      if (text.dense(linear)) {
        line(lines, "y%d = %s".formatted(n, text.added(linear, "y" + n, "r")));
      }
      if (adapted.contains(linear)) {
        line(
            lines,
            "y%d = torch.addmm_(y%d, low[%d], torch.t(%s), beta=1, alpha=s)"
                .formatted(n, n, adapted.indexOf(linear), text.up(linear)));
      }
    }
    line(lines, "return [" + list("y%d", linears.size()) + "]");
    return lines.append("\n").toString();
  }

  /** {@code low_NAME}: A·h of all adapters alone. */
  String lows(DecoderText text) {
    return "  def low_%s(self: __torch__.M, h: Tensor, a: List[Tensor], j: int) -> Tensor:%n    return %s%n%n"
        .formatted(name, low(text, adapted(text)));
  }

  /**
   * {@code back_NAME}: from the gradients of the outputs adds those of A and B to {@code g} and
   * returns that of h, or h itself where nothing before it wants one.
   */
  String back(DecoderText text) {
    List<String> adapted = adapted(text);
    StringBuilder lines = new StringBuilder();
    lines.append(
        "  def back_%s(self: __torch__.M, d: List[Tensor], h: Tensor, both: Tensor, %s, g: List[Tensor], more: bool) -> Tensor:%n"
            .formatted(name, STATE));
    if (!adapted.isEmpty()) {
      split(lines, text, adapted);
      String parts =
          adapted.stream()
              .map(l -> "torch.mm(d[%d], %s)".formatted(linears.indexOf(l), text.up(l)))
              .collect(Collectors.joining(", "));
      line(lines, "e = torch.mul_(torch.cat([" + parts + "], 1), s)");
      String read = dropout.of("h", name);
      line(
          lines,
          "down = torch.split_with_sizes(torch.to(torch.mm(torch.t(e), " + read + "), 6), rank)");
    }
    for (int n = 0; n < adapted.size(); n++) {
      setGradients(lines, text, adapted.get(n), n);
    }
    read(lines, text);
    for (String linear : dense(text)) {
      String product = "torch.mm(torch.t(d[%d]), r)".formatted(linears.indexOf(linear));
      line(lines, "_3 = torch.add_(g[%s], torch.to(%s, 6))".formatted(text.place(linear), product));
    }
    inputGradient(lines, text, adapted);
    return lines.append("\n").toString();
  }

  /** The narrow factor stands on the left: measured 3.5 times as fast as the other way round. */
  private void setGradients(StringBuilder lines, DecoderText text, String linear, int n) {
    String product = "torch.mm(torch.t(low[%d]), d[%d])".formatted(n, linears.indexOf(linear));
    line(lines, "u%d = torch.mul(torch.to(%s, 6), s)".formatted(n, product));
    line(lines, "_0 = torch.add_(g[%s], down[%d])".formatted(text.place(linear), n));
    line(lines, "_1 = torch.add_(g[%s + 1], torch.t(u%d))".formatted(text.place(linear), n));
    if (text.gains(linear)) {
      String own = "torch.linear(h, %s)".formatted(text.frozen(linear));
      String sum =
          "torch.sum(torch.to(torch.mul(d[%d], %s), 6), [0])"
              .formatted(linears.indexOf(linear), own);
      line(
          lines,
          "_2 = torch.add_(g[%s + 2], torch.unsqueeze(%s, 1))".formatted(text.place(linear), sum));
    }
  }

  private void inputGradient(StringBuilder lines, DecoderText text, List<String> adapted) {
    line(lines, "if more:");
    line(lines, "  x = torch.mm(d[0], %s)".formatted(text.weight(linears.get(0))));
    for (int n = 1; n < linears.size(); n++) {
      line(
          lines,
          "  x = torch.addmm_(x, d[%d], %s, beta=1, alpha=1)"
              .formatted(n, text.weight(linears.get(n))));
    }
    if (!adapted.isEmpty()) {
      line(lines, "  x = " + dropout.added("x", "e", downs(text, adapted), name));
    }
    for (String linear : dense(text)) {
      String own = "d[" + linears.indexOf(linear) + "]";
      line(lines, "  x = " + dropout.added("x", own, text.down(linear), name));
    }
    line(lines, "else:");
    line(lines, "  x = h");
    line(lines, "return x");
  }

  /** What matrices read, once for all of the group. */
  private void read(StringBuilder lines, DecoderText text) {
    if (!dense(text).isEmpty()) {
      line(lines, "r = " + dropout.of("h", name));
    }
  }

  private List<String> adapted(DecoderText text) {
    return linears.stream().filter(l -> text.adapts(l) && !text.dense(l)).toList();
  }

  private List<String> dense(DecoderText text) {
    return linears.stream().filter(text::dense).toList();
  }

  private String low(DecoderText text, List<String> adapted) {
    return adapted.isEmpty()
        ? "torch.slice(h, 1, 0, 0)"
        : "torch.linear(%s, %s)".formatted(dropout.of("h", name), downs(text, adapted));
  }

  private static String downs(DecoderText text, List<String> adapted) {
    return adapted.size() == 1
        ? text.down(adapted.get(0))
        : adapted.stream().map(text::down).collect(Collectors.joining(", ", "torch.cat([", "])"));
  }

  private static void split(StringBuilder lines, DecoderText text, List<String> adapted) {
    if (!adapted.isEmpty()) {
      String ranks =
          adapted.stream()
              .map(linear -> "torch.size(%s, 0)".formatted(text.down(linear)))
              .collect(Collectors.joining(", ", "[", "]"));
      line(lines, "rank = " + ranks);
      line(lines, "low = torch.split_with_sizes(both, rank, 1)");
    }
  }

  private static void line(StringBuilder lines, String line) {
    lines.append("    ").append(line).append('\n');
  }

  private static String list(String pattern, int size) {
    return IntStream.range(0, size).mapToObj(pattern::formatted).collect(Collectors.joining(", "));
  }
}
