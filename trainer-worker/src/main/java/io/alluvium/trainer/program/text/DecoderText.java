package io.alluvium.trainer.program.text;

import io.alluvium.trainer.adapter.kind.AdapterText;
import io.alluvium.trainer.model.architecture.Architecture.NormKind;
import io.alluvium.trainer.model.architecture.Part.Group;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.program.packing.LengthBuckets;
import io.alluvium.trainer.program.packing.Packing;
import io.alluvium.trainer.program.weights.Held;
import io.alluvium.trainer.program.weights.RopeTables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes the methods of a decoder of Llama's kind for one shape and one set of adapted linears.
 * What architectures do differently is in {@link Pieces}.
 *
 * <p>Shared arguments of all methods: {@code w} the weights in the order of {@link
 * io.alluvium.trainer.model.folder.WeightSlot#all}; {@code rope} the tables of {@link RopeTables};
 * {@code p} the tensors of the adapter, {@code a} what its kind makes of them ({@link
 * AdapterText}): per layer and target A (rank x in) then B (out x rank); {@code s} their scale. The
 * token axis is flat (N); batches are those of {@link Packing}, {@code places} their {@link
 * LengthBuckets}: the way back, then one tensor per bucket.
 */
public final class DecoderText {
  private static final int MIN_CHUNK = 128;
  private static final int MAX_CHUNK_LOGITS = 1 << 21;
  private static final String FORWARD =
      """
        def share(self: __torch__.M, x: Tensor) -> Tensor:
          if GROUP == 1:
            y = x
          else:
            b, h, t, d = torch.size(x, 0), torch.size(x, 1), torch.size(x, 2), torch.size(x, 3)
            y = torch.reshape(torch.expand(torch.unsqueeze(x, 2), [b, h, GROUP, t, d]), [b, HEADS, t, d])
          return y

        def inputs(self: __torch__.M, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> List[Tensor]:
          return ATTENTION_IN

        def finish(self: __torch__.M, x: Tensor, h: Tensor, w: List[Tensor], i: int, a: List[Tensor], j: int, s: float) -> Tensor:
          y = torch.add(x, SETTLED_ATTENTION)
          h = torch.type_as(self.norm(y, w, i + SECOND), w[LIKE])
          h = INNER_MLP
          return torch.add(y, SETTLED_MLP)

        def stand(self: __torch__.M, x: Tensor, rows: int) -> Tensor:
          return torch.transpose(torch.view(x, [rows, -1, torch.size(x, 1), HEAD_SIZE]), 1, 2)

        def lie(self: __torch__.M, x: Tensor) -> Tensor:
          return torch.reshape(torch.transpose(x, 1, 2), [-1, torch.size(x, 1), HEAD_SIZE])

        def fold(self: __torch__.M, x: Tensor, seen: List[List[Tensor]], b: int) -> Tensor:
          place = seen[b][0]
          if torch.gt(torch.size(seen[0][0], 0), 0):
            x = torch.index_select(x, 0, torch.flatten(place))
          else:
            pass
          return self.stand(x, torch.size(place, 0))

        def unfold(self: __torch__.M, x: List[Tensor], seen: List[List[Tensor]]) -> Tensor:
          if torch.eq(torch.len(x), 1):
            y = self.lie(x[0])
          else:
            out = annotate(List[Tensor], [])
            for n in range(torch.len(x)):
              _0 = torch.append(out, self.lie(x[n]))
            y = torch.cat(out)
          if torch.gt(torch.size(seen[0][0], 0), 0):
            y = torch.index_select(y, 0, seen[0][0])
          else:
            pass
          return y

        def sights(self: __torch__.M, places: List[Tensor]) -> List[List[Tensor]]:
          out = annotate(List[List[Tensor]], [])
          _0 = torch.append(out, [places[0]])
          for b in range(1, torch.len(places)):
            _1 = torch.append(out, torch.add([places[b]], self.mask(torch.size(places[b], 1), places[b])))
          return out

        def folded(self: __torch__.M, x: Tensor, seen: List[List[Tensor]], b: int, w: List[Tensor]) -> Tensor:
          return IN_ATTENTION

        def attend(self: __torch__.M, y: List[Tensor], w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]]) -> Tensor:
          p = self.heads(y, w, i, turn)
          out = annotate(List[Tensor], [])
          for b in range(1, torch.len(seen)):
            _0 = torch.append(out, self.weigh(self.folded(p[0], seen, b, w), self.folded(p[1], seen, b, w), self.folded(p[2], seen, b, w), seen[b], i))
          return torch.type_as(torch.flatten(self.unfold(out, seen), 1), w[LIKE])

        def hidden(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, ids: Tensor, pos: Tensor, places: List[Tensor]) -> Tensor:
          a = self.pairs(p, w, s)
          seen = self.sights(places)
          turn = self.turns(rope, pos)
          x = self.embed(w, ids, pos)
          for l in range(LAYERS):
            i = FIRST + SLOTS * l
            j = STRIDE * l
            h = torch.type_as(self.norm(x, w, i), w[LIKE])
            y = self.attend(self.inputs(h, w, i, a, j, s), w, i, turn, seen)
            x = self.finish(x, y, w, i, a, j, s)
          return self.norm(x, w, FINAL)

        def losses(self: __torch__.M, w: List[Tensor], h: Tensor, target: Tensor) -> Tensor:
          return torch.cross_entropy_loss(self.logits(HEAD_WEIGHT, h), target, None, 0)

      """;

  private static final String READ =
      """
        def last(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, places: List[Tensor]) -> List[Tensor]:
          h = self.hidden(w, rope, a, s, ids, pos, places)
          return [torch.squeeze(self.logits(HEAD_WEIGHT, torch.slice(h, 0, -1)), 0)]

        def states(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, places: List[Tensor], begin: List[int], length: List[int]) -> List[Tensor]:
          h = self.hidden(w, rope, a, s, ids, pos, places)
          out = annotate(List[Tensor], [])
          for n in range(torch.len(begin)):
            part = torch.clone(torch.type_as(torch.slice(h, 0, begin[n], begin[n] + length[n]), w[LIKE]))
            _0 = torch.append(out, part)
          return out

        def judge(self: __torch__.M, w: List[Tensor], h: Tensor, target: Tensor) -> List[Tensor]:
          n = torch.size(h, 0)
          loss = torch.new_empty(h, [n], dtype=6)
          miss = torch.new_empty(h, [n], dtype=6)
          head = HEAD_WEIGHT
          for c in range(torch.floordiv(n + CHUNK - 1, CHUNK)):
            b = CHUNK * c
            e = b + CHUNK
            z = self.logits(head, torch.slice(h, 0, b, e))
            t = torch.slice(target, 0, b, e)
            _0 = torch.copy_(torch.slice(loss, 0, b, e), torch.cross_entropy_loss(z, t, None, 0))
            _1 = torch.copy_(torch.slice(miss, 0, b, e), torch.ne(torch.argmax(z, 1), t))
          return [loss, miss]

        def score(self: __torch__.M, w: List[Tensor], rope: List[Tensor], a: List[Tensor], s: float, ids: Tensor, pos: Tensor, places: List[Tensor], sel: Tensor, target: Tensor, owner: Tensor, count: int, seg: List[Tensor]) -> List[Tensor]:
          h = self.hidden(w, rope, a, s, ids, pos, places)
          judged = self.judge(w, torch.index_select(h, 0, sel), target)
          zero = torch.new_zeros(h, [count], dtype=6)
          out = [torch.index_add(zero, 0, owner, judged[0]), torch.index_add(zero, 0, owner, judged[1])]
          if torch.gt(torch.len(seg), 0):
            sums = torch.new_zeros(h, [count + 1, HIDDEN], dtype=6)
            _0 = torch.append(out, torch.index_add(sums, 0, seg[0], h))
          else:
            pass
          return out

      """;

  private final DecoderConfig config;
  private final Held held;
  private final Kernels kernels;
  private final AdapterText adapter;
  private final List<String> targets;
  private final List<String> offsets;
  private final Pieces pieces;

  /**
   * Prepares the text.
   *
   * @param adapter what adapters of this program are made of
   */
  public DecoderText(DecoderConfig config, AdapterText adapter) {
    this(config, adapter, Held.AS_MULTIPLIED, Kernels.CPU);
  }

  /**
   * The same for weights that are not held as they are multiplied, or another device.
   *
   * @param held how the frozen weights lie in memory
   * @param kernels what the device has
   */
  public DecoderText(DecoderConfig config, AdapterText adapter, Held held, Kernels kernels) {
    this.config = config;
    this.held = held;
    this.kernels = kernels;
    this.pieces = new Pieces(config);
    this.offsets = List.copyOf(WeightSlot.block(config, 0).keySet());
    this.adapter = adapter;
    this.targets = adapter.targets();
  }

  /**
   * The forward pass: {@code hidden} (N x hidden after the final norm), {@code logits}, {@code
   * losses} (per token, nats), and {@code last}, {@code states}, {@code score}, {@code generate},
   * which read.
   */
  public String forward() {
    String adapters = adapter.methods(config.layers(), targets.stream().map(this::offset).toList());
    return fill(pieces.text() + adapters + FORWARD + READ + GenerationText.METHODS);
  }

  /** Replaces the shape's names in further methods of the same program. */
  public String fill(String methods) {
    String text = pieces.fill(methods);
    for (Map.Entry<String, String> name : names()) {
      text = text.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
    }
    return text;
  }

  /** Names of pieces first, since they hold names of numbers. */
  private List<Map.Entry<String, String>> names() {
    List<Map.Entry<String, String>> names = new ArrayList<>(linears());
    int first = WeightSlot.embeddings(config).size();
    int last = first + offsets.size() * config.layers();
    boolean layerNorm = config.architecture().norms().kind() == NormKind.LAYER;
    names.add(name("EPSILON", config.normEpsilon()));
    names.add(name("HALF", config.rotaryWidth() / 2));
    names.add(name("ROTARY", config.rotaryWidth()));
    names.add(name("HEAD_SIZE", config.headSize()));
    names.add(name("GROUP", config.heads() / config.keyValueHeads()));
    names.add(name("HEADS", config.heads()));
    names.add(name("KEY_HEADS", config.keyValueHeads()));
    names.add(name("HIDDEN", config.hidden()));
    names.add(name("LAYERS", config.layers()));
    names.add(name("VOCABULARY", config.vocabulary()));
    names.add(name("CHUNK", chunkRows(config)));
    names.add(name("STRIDE", adapter.paired() * targets.size()));
    names.add(name("WINDOW", config.architecture().attention().window()));
    names.add(name("EMBEDDING_SCALE", config.architecture().embeddingScale()));
    names.add(name("FIRST", first));
    names.add(name("SLOTS", offsets.size()));
    names.add(name("SECOND", offset(WeightSlot.SECOND_NORM)));
    names.add(name("QUERY_NORM", offset(WeightSlot.QUERY_NORM)));
    names.add(name("KEY_NORM", offset(WeightSlot.KEY_NORM)));
    names.add(name("EXPERT_FIRST", offset(WeightSlot.EXPERTS)));
    names.add(name("AFTER_ATTENTION", offset(WeightSlot.AFTER_ATTENTION)));
    names.add(name("AFTER_MLP", offset(WeightSlot.AFTER_MLP)));
    names.add(name("FINAL", last));
    names.add(name("LIKE", held == Held.AS_STORED ? last : 0));
    names.add(name("HEAD", config.tiedHead() ? 0 : last + (layerNorm ? 2 : 1)));
    return names;
  }

  private List<Map.Entry<String, String>> linears() {
    String attention = linears(Group.ATTENTION_OUT).get(0);
    boolean mixture = config.architecture().mixture().there();
    String mlp = mixture ? "h" : linears(Group.MLP_OUT).get(0);
    String inner =
        mixture ? "self.mixture(h, w, i)" : "self.activate(" + linears(Group.MLP_IN) + ")";
    return List.of(
        Map.entry("IN_ATTENTION", inAttention()),
        Map.entry("HEAD_WEIGHT", held.widened("w[HEAD]")),
        Map.entry("ATTENTION_IN", linears(Group.ATTENTION_IN).toString()),
        Map.entry("INNER_MLP", inner),
        Map.entry("ROUTER_WEIGHT", held.widened("w[i + " + offset(WeightSlot.ROUTER) + "]")),
        Map.entry("EXPERT_GATE", held.widened("w[n]")),
        Map.entry("EXPERT_UP", held.widened("w[n + 1]")),
        Map.entry("EXPERT_DOWN", held.widened("w[n + 2]")),
        Map.entry("SETTLED_ATTENTION", settled(attention, "AFTER_ATTENTION")),
        Map.entry("SETTLED_MLP", settled(mlp, "AFTER_MLP")));
  }

  /** A cap on the scores wants them in fp32. */
  private String inAttention() {
    boolean half = kernels == Kernels.ANY && config.architecture().attention().cap() == 0;
    return half ? "torch.type_as(self.fold(x, seen, b), w[LIKE])" : "self.fold(x, seen, b)";
  }

  private List<String> linears(Group group) {
    return config.architecture().layout().linears(group).stream()
        .map(linear -> linear(linear.name()))
        .toList();
  }

  private String settled(String linear, String norm) {
    return config.architecture().norms().afterwards()
        ? "self.norm(torch.to(" + linear + ", 6), w, i + " + norm + ")"
        : linear;
  }

  /** Place of a weight within its block; -1 where the architecture has none. */
  private int offset(String key) {
    return offsets.indexOf(key);
  }

  private static Map.Entry<String, String> name(String name, Number value) {
    return Map.entry(name, value.toString());
  }

  /** Rows of the head that have logits at once. */
  public static int chunkRows(DecoderConfig config) {
    return Math.max(MIN_CHUNK, MAX_CHUNK_LOGITS / config.vocabulary());
  }

  /** The decoder's shape. */
  public DecoderConfig config() {
    return config;
  }

  /** How the frozen weights lie in memory. */
  public Held held() {
    return held;
  }

  /** Which operations it may use. */
  public Kernels kernels() {
    return kernels;
  }

  /** W·h of the frozen weight alone, with its bias if it has one. */
  public String plain(String linear) {
    int bias = offset(linear + WeightSlot.BIAS);
    String rest = bias < 0 ? ")" : ", w[i + " + bias + "])";
    return "torch.linear(h, " + weight(linear) + rest;
  }

  /** The frozen weight of a linear in the block that begins at i, its rows scaled if need be. */
  public String weight(String linear) {
    return gains(linear)
        ? "torch.mul(" + frozen(linear) + ", " + gain(linear) + ")"
        : frozen(linear);
  }

  /** The frozen weight of a linear in the block that begins at i, as it is multiplied. */
  public String frozen(String linear) {
    return held.widened("w[i + " + offset(linear) + "]");
  }

  /** Whether a linear's adapter scales the rows of its weight. */
  public boolean gains(String linear) {
    return adapts(linear) && adapter.kind().gains();
  }

  private String gain(String linear) {
    return "a[" + place(linear) + " + 2]";
  }

  /** Whether a linear has an adapter. */
  public boolean adapts(String linear) {
    return targets.contains(linear);
  }

  /** Whether a linear's adapter is a matrix of its own shape. */
  public boolean dense(String linear) {
    return adapts(linear) && adapter.kind().dense();
  }

  /**
   * The outputs {@code y} with D·h added, where the adapter of the linear is D. It is computed as
   * the pair that is published would be, so that both round alike: the identity on W's narrower
   * side.
   */
  public String added(String linear, String y, String h) {
    return config.inputs(linear) <= config.outputs(linear)
        ? "torch.addmm_(%s, %s, torch.t(%s), beta=1, alpha=1)".formatted(y, h, down(linear))
        : "torch.add_(%s, torch.linear(%s, %s))".formatted(y, h, down(linear));
  }

  /** Index of a linear's A among the adapters; B follows. */
  public String place(String linear) {
    return "j + " + adapter.paired() * targets.indexOf(linear);
  }

  /** A of a linear, rank x inputs; or the matrix in the place of the pair, outputs x inputs. */
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
    if (dense(name)) {
      return added(name, plain(name), "h");
    }
    String low = "torch.linear(h, " + down(name) + ")";
    String up = "torch.t(" + up(name) + ")";
    return "torch.addmm_(" + plain(name) + ", " + low + ", " + up + ", beta=1, alpha=s)";
  }
}
