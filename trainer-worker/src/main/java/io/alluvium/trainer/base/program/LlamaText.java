package io.alluvium.trainer.base.program;

import io.alluvium.trainer.base.folder.DecoderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the methods of a Llama-family decoder (RMS norm, rotary positions, grouped-query
 * attention, SwiGLU) for one shape and one set of adapted linears.
 *
 * <p>Shared arguments of all methods: {@code w} the weights in the order of {@link
 * io.alluvium.trainer.base.folder.WeightSlot#all}; {@code rope} the tables of {@link RopeTables};
 * {@code a} the adapters, per layer and target A (rank x in) then B (out x rank); {@code s} their
 * scale. The token axis is flat (N = rows x width); batches are those of {@link Packing}.
 */
public final class LlamaText {
  private static final int SLOTS_PER_BLOCK = 9;
  private static final int MIN_CHUNK = 128;
  private static final int MAX_CHUNK_LOGITS = 1 << 21;
  private static final String FORWARD =
      """
        def norm(self: __torch__.M, x: Tensor, g: Tensor) -> Tensor:
          m = torch.div(torch.square(torch.linalg_vector_norm(x, 2, [-1], True)), HIDDEN)
          return torch.mul(torch.mul(x, torch.rsqrt(torch.add(m, EPSILON))), g)

        def rotate(self: __torch__.M, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
          return torch.addcmul(torch.mul(x, cos), torch.roll(x, [HALF], [-1]), sin)

        def share(self: __torch__.M, x: Tensor) -> Tensor:
          if GROUP == 1:
            y = x
          else:
            b, h, t, d = torch.size(x, 0), torch.size(x, 1), torch.size(x, 2), torch.size(x, 3)
            y = torch.reshape(torch.expand(torch.unsqueeze(x, 2), [b, h, GROUP, t, d]), [b, HEADS, t, d])
          return y

        def queries(self: __torch__.M, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> Tensor:
          return torch.view(Q_PROJ, [-1, HEADS, HEAD_SIZE])

        def keys(self: __torch__.M, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> Tensor:
          return torch.view(K_PROJ, [-1, KEY_HEADS, HEAD_SIZE])

        def values(self: __torch__.M, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> Tensor:
          return torch.view(V_PROJ, [-1, KEY_HEADS, HEAD_SIZE])

        def outputs(self: __torch__.M, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> Tensor:
          return O_PROJ

        def side(self: __torch__.M, gate: Tensor) -> Tensor:
          return torch.silu(gate)

        def activate(self: __torch__.M, gate: Tensor, up: Tensor) -> Tensor:
          return torch.mul(self.side(gate), up)

        def finish(self: __torch__.M, x: Tensor, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> Tensor:
          y = torch.add(x, self.outputs(h, w, i, a, j, s))
          h = torch.type_as(self.norm(y, w[i + 5]), w[0])
          h = self.activate(GATE_PROJ, UP_PROJ)
          return torch.add(y, DOWN_PROJ)

        def fold(self: __torch__.M, x: Tensor, rows: int) -> Tensor:
          return torch.transpose(torch.view(x, [rows, -1, torch.size(x, 1), HEAD_SIZE]), 1, 2)

        def unfold(self: __torch__.M, x: Tensor) -> Tensor:
          return torch.reshape(torch.transpose(x, 1, 2), [-1, HEADS * HEAD_SIZE])

        def mask(self: __torch__.M, seg: Tensor) -> Tensor:
          seen = torch.tril(torch.eq(torch.unsqueeze(seg, 2), torch.unsqueeze(seg, 1)))
          zero = torch.zeros(torch.size(seen), dtype=6)
          return torch.unsqueeze(torch.masked_fill(zero, torch.logical_not(seen), -inf), 1)

        def attend(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor, w: List[Tensor], i: int, turn: List[Tensor], seen: Tensor) -> Tensor:
          rows = torch.size(seen, 0)
          q = self.fold(self.rotate(torch.to(q, 6), turn[0], turn[1]), rows)
          k = self.fold(self.rotate(torch.to(k, 6), turn[0], turn[1]), rows)
          v = self.fold(torch.to(v, 6), rows)
          y = torch.scaled_dot_product_attention(q, self.share(k), self.share(v), seen)
          return torch.type_as(self.unfold(y), w[0])

        def turns(self: __torch__.M, rope: List[Tensor], at: Tensor) -> List[Tensor]:
          cos = torch.unsqueeze(torch.index_select(rope[0], 0, at), 1)
          sin = torch.unsqueeze(torch.index_select(rope[1], 0, at), 1)
          return [cos, sin]

        def embed(self: __torch__.M, w: List[Tensor], ids: Tensor) -> Tensor:
          return torch.to(torch.embedding(w[0], torch.flatten(ids)), 6)

        def alike(self: __torch__.M, a: List[Tensor], w: List[Tensor]) -> List[Tensor]:
          b = annotate(List[Tensor], [])
          for n in range(torch.len(a)):
            _0 = torch.append(b, torch.type_as(a[n], w[0]))
          return b

        def hidden(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, ids: Tensor, pos: Tensor, seg: Tensor) -> Tensor:
          a = self.alike(p, w)
          seen = self.mask(seg)
          turn = self.turns(rope, torch.flatten(pos))
          x = self.embed(w, ids)
          for l in range(LAYERS):
            i = 1 + 9 * l
            j = STRIDE * l
            h = torch.type_as(self.norm(x, w[i]), w[0])
            y = self.attend(self.queries(h, w, i, a, j, s), self.keys(h, w, i, a, j, s), self.values(h, w, i, a, j, s), w, i, turn, seen)
            x = self.finish(x, y, w, i, a, j, s)
          return self.norm(x, w[FINAL])

        def logits(self: __torch__.M, w: List[Tensor], h: Tensor) -> Tensor:
          h = torch.type_as(h, w[0])
          return torch.to(torch.linear(h, w[HEAD]), 6)

        def losses(self: __torch__.M, w: List[Tensor], h: Tensor, target: Tensor) -> Tensor:
          return torch.cross_entropy_loss(self.logits(w, h), target, None, 0)

      """;

  private static final String READ =
      """
        def last(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, seg: Tensor) -> List[Tensor]:
          h = self.hidden(w, rope, a, s, ids, pos, seg)
          return [torch.squeeze(self.logits(w, torch.slice(h, 0, -1)), 0)]

        def states(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, seg: Tensor, begin: List[int], length: List[int]) -> List[Tensor]:
          h = self.hidden(w, rope, a, s, ids, pos, seg)
          out = annotate(List[Tensor], [])
          for n in range(torch.len(begin)):
            part = torch.clone(torch.slice(h, 0, begin[n], begin[n] + length[n]))
            _0 = torch.append(out, part)
          return out

        def judge(self: __torch__.M, w: List[Tensor], h: Tensor, target: Tensor) -> List[Tensor]:
          n = torch.size(h, 0)
          loss = torch.empty([n], dtype=6)
          miss = torch.empty([n], dtype=6)
          for c in range(torch.floordiv(n + CHUNK - 1, CHUNK)):
            b = CHUNK * c
            e = b + CHUNK
            z = self.logits(w, torch.slice(h, 0, b, e))
            t = torch.slice(target, 0, b, e)
            _0 = torch.copy_(torch.slice(loss, 0, b, e), torch.cross_entropy_loss(z, t, None, 0))
            _1 = torch.copy_(torch.slice(miss, 0, b, e), torch.ne(torch.argmax(z, 1), t))
          return [loss, miss]

        def score(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, seg: Tensor, sel: Tensor, target: Tensor, owner: Tensor, count: int, pool: int) -> List[Tensor]:
          h = self.hidden(w, rope, a, s, ids, pos, seg)
          judged = self.judge(w, torch.index_select(h, 0, sel), target)
          zero = torch.zeros([count], dtype=6)
          out = [torch.index_add(zero, 0, owner, judged[0]), torch.index_add(zero, 0, owner, judged[1])]
          if pool == 1:
            sums = torch.zeros([count + 1, HIDDEN], dtype=6)
            _0 = torch.append(out, torch.index_add(sums, 0, torch.flatten(seg), h))
          else:
            pass
          return out

      """;

  private final DecoderConfig config;
  private final List<String> targets;

  /**
   * Prepares the text.
   *
   * @param targets adapted linears out of {@link DecoderConfig#LINEARS}; empty for the base alone
   */
  public LlamaText(DecoderConfig config, List<String> targets) {
    this.config = config;
    this.targets = DecoderConfig.LINEARS.stream().filter(targets::contains).toList();
  }

  /**
   * The forward pass: {@code hidden} (N x hidden after the final norm), {@code logits}, {@code
   * losses} (per token, nats), and {@code last}, {@code states}, {@code score}, {@code generate},
   * which read.
   */
  public String forward() {
    return fill(FORWARD + READ + GenerationText.METHODS);
  }

  /** Replaces the shape's names in further methods of the same program. */
  public String fill(String methods) {
    String text = methods;
    for (Map.Entry<String, String> name : names()) {
      text = text.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
    }
    return text;
  }

  private List<Map.Entry<String, String>> names() {
    List<Map.Entry<String, String>> names = new ArrayList<>();
    DecoderConfig.LINEARS.forEach(l -> names.add(Map.entry(l.toUpperCase(Locale.ROOT), linear(l))));
    int blocks = SLOTS_PER_BLOCK * config.layers();
    names.add(name("EPSILON", config.normEpsilon()));
    names.add(name("HALF", config.headSize() / 2));
    names.add(name("HEAD_SIZE", config.headSize()));
    names.add(name("GROUP", config.heads() / config.keyValueHeads()));
    names.add(name("HEADS", config.heads()));
    names.add(name("KEY_HEADS", config.keyValueHeads()));
    names.add(name("HIDDEN", config.hidden()));
    names.add(name("LAYERS", config.layers()));
    names.add(name("VOCABULARY", config.vocabulary()));
    names.add(name("CHUNK", Math.max(MIN_CHUNK, MAX_CHUNK_LOGITS / config.vocabulary())));
    names.add(name("STRIDE", 2 * targets.size()));
    names.add(name("FINAL", 1 + blocks));
    names.add(name("HEAD", config.tiedHead() ? 0 : 2 + blocks));
    return names;
  }

  private static Map.Entry<String, String> name(String name, Number value) {
    return Map.entry(name, value.toString());
  }

  /** W·h of the frozen weight alone. */
  public String plain(String linear) {
    return "torch.linear(h, " + weight(linear) + ")";
  }

  /** The frozen weight of a linear in the block that begins at i. */
  public String weight(String linear) {
    return "w[i + " + slot(linear) + "]";
  }

  /** Whether a linear has an adapter. */
  public boolean adapts(String linear) {
    return targets.contains(linear);
  }

  /** Index of a linear's A among the adapters; B follows. */
  public String place(String linear) {
    return "j + " + 2 * targets.indexOf(linear);
  }

  /** A of a linear, rank x inputs. */
  public String down(String linear) {
    return "a[" + place(linear) + "]";
  }

  /** B of a linear, outputs x rank. */
  public String up(String linear) {
    return "a[" + place(linear) + " + 1]";
  }

  /** W·h, to which s·B·(A·h) is added in place within one matrix product, without another copy. */
  private String linear(String name) {
    if (!adapts(name)) {
      return plain(name);
    }
    String low = "torch.linear(h, " + down(name) + ")";
    String up = "torch.t(" + up(name) + ")";
    return "torch.addmm_(" + plain(name) + ", " + low + ", " + up + ", beta=1, alpha=s)";
  }

  /** Place of a linear's weight within its block; the two norms stand before q and before gate. */
  private static int slot(String name) {
    int linear = DecoderConfig.LINEARS.indexOf(name);
    return linear < DecoderConfig.LINEARS.indexOf("gate_proj") ? linear + 1 : linear + 2;
  }
}
