package io.alluvium.trainer.program.text;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Architecture.Activation;
import io.alluvium.trainer.model.architecture.Architecture.Attention;
import io.alluvium.trainer.model.architecture.Architecture.NormKind;
import io.alluvium.trainer.model.architecture.Mixture;
import io.alluvium.trainer.model.config.DecoderConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The methods of a decoder that differ between architectures. Llama's are as short as if there were
 * no others.
 */
final class Pieces {
  private static final String RMS_NORM =
      """
        def norm(self: __torch__.M, x: Tensor, w: List[Tensor], n: int) -> Tensor:
          m = torch.div(torch.square(torch.linalg_vector_norm(x, 2, [-1], True)), HIDDEN)
          return torch.mul_(torch.mul(x, torch.rsqrt(torch.add(m, EPSILON))), GAIN)

      """;

  private static final String LAYER_NORM =
      """
        def norm(self: __torch__.M, x: Tensor, w: List[Tensor], n: int) -> Tensor:
          return torch.layer_norm(x, [HIDDEN], torch.to(w[n], 6), torch.to(w[n + 1], 6), EPSILON)

      """;

  private static final String HEAD_NORM =
      """
        def head_norm(self: __torch__.M, x: Tensor, g: Tensor) -> Tensor:
          m = torch.div(torch.square(torch.linalg_vector_norm(x, 2, [-1], True)), HEAD_SIZE)
          return torch.mul(torch.mul(x, torch.rsqrt(torch.add(m, EPSILON))), GAIN)

      """;

  private static final String SEPARATE_HEADS =
      """
        def split(self: __torch__.M, y: List[Tensor]) -> List[Tensor]:
          q = torch.view(torch.to(y[0], 6), [-1, HEADS, HEAD_SIZE])
          k = torch.view(torch.to(y[1], 6), [-1, KEY_HEADS, HEAD_SIZE])
          return [q, k, torch.view(torch.to(y[2], 6), [-1, KEY_HEADS, HEAD_SIZE])]

      """;

  private static final String FUSED_HEADS =
      """
        def split(self: __torch__.M, y: List[Tensor]) -> List[Tensor]:
          p = torch.view(torch.to(y[0], 6), [-1, HEADS + 2 * KEY_HEADS, HEAD_SIZE])
          return torch.split_with_sizes(p, [HEADS, KEY_HEADS, KEY_HEADS], 1)

      """;

  private static final String ROTATE =
      """
        def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          return torch.addcmul_(torch.mul(x, cos), torch.roll(x, [HALF], [-1]), sin)

      """;

  private static final String ROTATE_PART =
      """
        def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          t = torch.slice(x, -1, 0, ROTARY)
          t = torch.addcmul_(torch.mul(t, cos), torch.roll(t, [HALF], [-1]), sin)
          return torch.cat([t, torch.slice(x, -1, ROTARY, HEAD_SIZE)], -1)

      """;

  private static final String ROTATED_HEADS =
      """
        def heads(self: __torch__.M, y: List[Tensor], w: List[Tensor], i: int, turn: List[Tensor]) -> List[Tensor]:
          p = self.split(y)
          q = self.rotate(QUERIES, TURN_COS, TURN_SIN)
          return [q, self.rotate(KEYS, TURN_COS, TURN_SIN), p[2]]

        def turns(self: __torch__.M, rope: List[Tensor], at: Tensor) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for n in range(torch.len(rope)):
            _0 = torch.append(out, torch.unsqueeze(torch.index_select(rope[n], 0, at), 1))
          return out

        def embed(self: __torch__.M, w: List[Tensor], ids: Tensor, at: Tensor) -> Tensor:
          return EMBEDDED

      """;

  private static final String LEARNED_POSITIONS =
      """
        def heads(self: __torch__.M, y: List[Tensor], w: List[Tensor], i: int, turn: List[Tensor]) -> List[Tensor]:
          return self.split(y)

        def turns(self: __torch__.M, rope: List[Tensor], at: Tensor) -> List[Tensor]:
          return rope

        def embed(self: __torch__.M, w: List[Tensor], ids: Tensor, at: Tensor) -> Tensor:
          return torch.add(torch.to(torch.embedding(w[0], torch.flatten(ids)), 6), torch.embedding(w[1], at))

      """;

  private static final String WEIGH =
      """
        def look(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, seen: List[Tensor], i: int) -> Tensor:
          return torch.scaled_dot_product_attention(q, self.share(k), self.share(v), AHEAD, 0., False, scale=SCALE)

        def weigh(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, seen: List[Tensor], i: int) -> Tensor:
          return torch.scaled_dot_product_attention(q, self.share(k), self.share(v), SEEN, 0., CAUSAL, scale=SCALE)

      """;

  private static final String CAPPED_WEIGH =
      """
        def capped(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, seen: Tensor) -> Tensor:
          z = torch.matmul(torch.mul(q, SCALE), torch.transpose(self.share(k), 2, 3))
          z = torch.mul(torch.tanh(torch.div(z, SCORE_CAP)), SCORE_CAP)
          return torch.matmul(torch.softmax(torch.add(z, seen), -1), self.share(v))

        def look(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, seen: List[Tensor], i: int) -> Tensor:
          return self.capped(q, k, v, AHEAD)

        def weigh(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, seen: List[Tensor], i: int) -> Tensor:
          return self.capped(q, k, v, SEEN)

      """;

  private static final String MASK =
      """
        def ban(self: __torch__.M, seen: Tensor) -> Tensor:
          zero = torch.zeros_like(seen, dtype=6)
          return torch.unsqueeze(torch.masked_fill(zero, torch.logical_not(seen), -inf), 1)

        def mask(self: __torch__.M, n: int, like: Tensor) -> List[Tensor]:
          seen = torch.tril(torch.new_ones(like, [1, n, n], dtype=11))
          return MASKS

        def count(self: __torch__.M, like: Tensor, n: int) -> Tensor:
          return torch.sub(torch.cumsum(torch.new_ones(like, [n]), 0), 1)

        def ahead(self: __torch__.M, at: Tensor, n: int) -> List[Tensor]:
          key = torch.reshape(self.count(at, n), [1, 1, n])
          row = torch.reshape(at, [-1, 1, 1])
          seen = torch.le(key, row)
          return MASKS_AHEAD

      """;

  /** The router's shares in fp32; an expert sees only the tokens that go through it. */
  private static final String MIXTURE =
      """
        def expert(self: __torch__.M, x: Tensor, w: List[Tensor], n: int) -> Tensor:
          gate = torch.linear(x, EXPERT_GATE)
          return torch.linear(torch.mul(torch.silu(gate), torch.linear(x, EXPERT_UP)), EXPERT_DOWN)

        def mixture(self: __torch__.M, h: Tensor, w: List[Tensor], i: int) -> Tensor:
          p = torch.softmax(torch.to(torch.linear(h, ROUTER_WEIGHT), 6), 1)
          top, which = torch.topk(p, CHOSEN, 1)
          share = torch.type_as(SHARES, h)
          y = torch.zeros_like(h)
          for e in range(EXPERTS):
            hit = torch.eq(which, e)
            rows = torch.flatten(torch.nonzero(torch.any(hit, 1)))
            if torch.gt(torch.size(rows, 0), 0):
              part = torch.sum(torch.index_select(torch.mul(share, hit), 0, rows), [1], True)
              found = self.expert(torch.index_select(h, 0, rows), w, i + EXPERT_FIRST + 3 * e)
              y = torch.index_add(y, 0, rows, torch.mul(found, part))
            else:
              pass
          return y

      """;

  private static final String SETTLE =
      """
        def unsettle(self: __torch__.M, x: Tensor, d: Tensor, w: List[Tensor], n: int) -> Tensor:
          torch.set_grad_enabled(True)
          x = torch.requires_grad_(torch.detach(x))
          y = self.norm(x, w, n)
          torch.set_grad_enabled(False)
          found = torch.grad([y], [x], annotate(List[Optional[Tensor]], [d]))
          return torch._unwrap_optional(found[0])

      """;

  private final DecoderConfig config;
  private final Architecture architecture;

  Pieces(DecoderConfig config) {
    this.config = config;
    this.architecture = config.architecture();
  }

  /** The methods, with names of the shape still in them. */
  String text() {
    String mlp = architecture.mixture().there() ? mixture() : activate();
    return norm() + heads() + weigh() + mlp + MASK + logits() + settle();
  }

  /** What stands for a name of these methods. */
  String fill(String text) {
    String embedding = "torch.to(torch.embedding(w[0], torch.flatten(ids)), 6)";
    boolean scaled = architecture.embeddingScale() != 1;
    boolean normed = architecture.norms().ofHeads();
    String near = "torch.triu(seen, 1 - WINDOW)";
    String nearAhead = "torch.logical_and(seen, torch.gt(key, torch.sub(row, WINDOW)))";
    return text.replace("QUERIES", normed ? "self.head_norm(p[0], w[i + QUERY_NORM])" : "p[0]")
        .replace("KEYS,", normed ? "self.head_norm(p[1], w[i + KEY_NORM])," : "p[1],")
        .replace("TURN_COS", turn(0))
        .replace("TURN_SIN", turn(1))
        .replace("EMBEDDED", scaled ? "torch.mul(" + embedding + ", EMBEDDING_SCALE)" : embedding)
        .replace("MASKS_AHEAD", masksAhead(nearAhead))
        .replace("MASKS", masks(near))
        .replace("AHEAD", mixed("seen[self.sight(i)]", "seen[0]"))
        .replace("CAUSAL", masked() ? "False" : "True")
        .replace("SEEN", masked() ? mixed("seen[1 + self.sight(i)]", "seen[1]") : "None");
  }

  private String norm() {
    return switch (architecture.norms().kind()) {
          case RMS -> RMS_NORM.replace("GAIN", "w[n]");
          case RMS_OFFSET -> RMS_NORM.replace("GAIN", "torch.add(torch.to(w[n], 6), 1.)");
          case LAYER -> LAYER_NORM;
        }
        + (architecture.norms().ofHeads() ? headNorm() : "");
  }

  private String headNorm() {
    boolean offset = architecture.norms().kind() == NormKind.RMS_OFFSET;
    return HEAD_NORM.replace("GAIN", offset ? "torch.add(torch.to(g, 6), 1.)" : "g");
  }

  private String heads() {
    String rotate = config.rotary().share() < 1 ? ROTATE_PART : ROTATE;
    return switch (architecture.layout()) {
      case SEPARATE, MIXTURE -> SEPARATE_HEADS + rotate + ROTATED_HEADS + ofLayers();
      case FUSED -> FUSED_HEADS + rotate + ROTATED_HEADS + ofLayers();
      case CONV1D -> FUSED_HEADS + LEARNED_POSITIONS;
    };
  }

  private String weigh() {
    Attention attention = architecture.attention();
    double scale = attention.scale() > 0 ? attention.scale() : 1 / Math.sqrt(config.headSize());
    if (attention.cap() > 0) {
      return CAPPED_WEIGH
          .replace("SCALE", String.valueOf(scale))
          .replace("SCORE_CAP", String.valueOf(attention.cap()));
    }
    return attention.scale() > 0
        ? WEIGH.replace("SCALE", String.valueOf(scale))
        : WEIGH.replace(", scale=SCALE", "");
  }

  private String activate() {
    String function =
        architecture.activation() == Activation.SILU
            ? "torch.silu(GATE)"
            : "torch.gelu(GATE, approximate=\"tanh\")";
    String value =
        switch (architecture.layout()) {
          case SEPARATE, MIXTURE -> "torch.mul(" + function.replace("GATE", "y[0]") + ", y[1])";
          case FUSED -> "torch.mul(" + function.replace("GATE", "p[0]") + ", p[1])";
          case CONV1D -> function.replace("GATE", "y[0]");
        };
    String split =
        switch (architecture.layout()) {
          case SEPARATE, MIXTURE, CONV1D -> "";
          case FUSED -> "    p = torch.chunk(y[0], 2, 1)\n";
        };
    return "  def activate(self: __torch__.M, y: List[Tensor]) -> Tensor:\n"
        + split
        + "    return "
        + value
        + "\n\n";
  }

  private String logits() {
    String linear = "torch.to(torch.linear(h, head), 6)";
    double cap = architecture.logitCap();
    String value =
        cap > 0
            ? "torch.mul(torch.tanh(torch.div(" + linear + ", " + cap + ")), " + cap + ")"
            : linear;
    return "  def logits(self: __torch__.M, head: Tensor, h: Tensor) -> Tensor:\n"
        + "    h = torch.type_as(h, head)\n"
        + "    return "
        + value
        + "\n\n";
  }

  private String mixture() {
    Mixture mixture = architecture.mixture();
    return MIXTURE
        .replace(
            "SHARES", mixture.normalised() ? "torch.div(top, torch.sum(top, [1], True))" : "top")
        .replace("CHOSEN", String.valueOf(mixture.chosen()))
        .replace("EXPERTS", String.valueOf(mixture.experts()));
  }

  private String settle() {
    return architecture.norms().afterwards() ? SETTLE : "";
  }

  /** Which tables a layer turns by and which mask it has, where layers differ. */
  private String ofLayers() {
    List<Integer> masks = new ArrayList<>();
    architecture.attention().slides().forEach(near -> masks.add(near ? 0 : 1));
    return chosen("table", config.rotary().ofLayer()) + chosen("sight", masks);
  }

  private static String chosen(String method, List<Integer> byLayer) {
    return byLayer.isEmpty()
        ? ""
        : """
            def NAME(self: __torch__.M, i: int) -> int:
              t = annotate(List[int], LIST)
              return t[torch.floordiv(i - FIRST, SLOTS)]

          """
            .replace("NAME", method)
            .replace("LIST", byLayer.toString());
  }

  /** Cosines (0) or sines (1) that the layer turns by. */
  private String turn(int side) {
    return config.rotary().ofLayer().isEmpty()
        ? "turn[" + side + "]"
        : "turn[2 * self.table(i) + " + side + "]";
  }

  /** Whether attention over whole sequences wants more than that it is causal. */
  private boolean masked() {
    return architecture.attention().masked();
  }

  /** Masks of whole sequences; none where a causal kernel needs none. */
  private String masks(String near) {
    return masked() ? masksAhead(near) : "annotate(List[Tensor], [])";
  }

  /** With a window in some layers both masks are there, the near one first. */
  private String masksAhead(String near) {
    Attention attention = architecture.attention();
    if (attention.window() == 0) {
      return "[self.ban(seen)]";
    }
    return attention.mixed()
        ? "[self.ban(" + near + "), self.ban(seen)]"
        : "[self.ban(" + near + ")]";
  }

  private String mixed(String byLayer, String always) {
    return architecture.attention().mixed() ? byLayer : always;
  }
}
