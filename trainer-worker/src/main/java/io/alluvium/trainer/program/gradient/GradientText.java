package io.alluvium.trainer.program.gradient;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Layout;
import io.alluvium.trainer.model.architecture.Part.Group;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.program.loss.HeadText;
import io.alluvium.trainer.program.loss.TokenText;
import io.alluvium.trainer.program.text.DecoderText;
import io.alluvium.trainer.program.text.Kernels;
import io.alluvium.trainer.program.weights.Held;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes the pass forth and back through the blocks for adapters on frozen linears.
 *
 * <p>Linears have written-out gradients ({@link LinearGroup}), Llama's norms and activation too
 * ({@link PieceText}). All else between the linears — attention, what other architectures have — is
 * taken from the decoder's own methods by automatic differentiation of that piece alone, so a
 * decoder with other pieces needs nothing here. Norms and activation are computed again on the way
 * back rather than kept.
 */
public final class GradientText {
  private static final int MAX_PIECE_ELEMENTS = 1 << 20;
  private static final int MIN_PIECE_ROWS = 256;
  private static final int MIN_WIDENED_ROWS = 1024;

  private static final String BLOCKS =
      """
        def leaf(self: __torch__.M, x: Tensor) -> Tensor:
          return torch.requires_grad_(torch.detach(x))

        def pull(self: __torch__.M, y: Tensor, x: List[Tensor], d: Tensor) -> List[Tensor]:
          found = torch.grad([y], x, annotate(List[Optional[Tensor]], [d]))
          out = annotate(List[Tensor], [])
          for n in range(torch.len(found)):
            _0 = torch.append(out, torch._unwrap_optional(found[n]))
          return out

        def leaves(self: __torch__.M, x: List[Tensor]) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for n in range(torch.len(x)):
            _0 = torch.append(out, self.leaf(x[n]))
          return out

        def inner(self: __torch__.M, x: Tensor, w: List[Tensor], l: int, turn: List[Tensor], seen: List[List[Tensor]], a: List[Tensor], s: float, keep: List[Tensor]) -> Tensor:
          i = FIRST + SLOTS * l
          j = STRIDE * l
          h = torch.type_as(self.norm(x, w, i), w[LIKE])
          y = self.attended(self.forth_qkv(h, w, i, a, j, s, keep), w, i, turn, seen, keep)
          o = self.forth_out(y, w, i, a, j, s, keep)[0]
          KEEP_OUTPUT
          return torch.add(x, SETTLED_OUTPUT)

        def pieces(self: __torch__.M, x: Tensor) -> int:
          return torch.floordiv(torch.size(x, 0) + ROWS - 1, ROWS)

        def piece(self: __torch__.M, x: Tensor, n: int) -> Tensor:
          return torch.slice(x, 0, ROWS * n, ROWS * n + ROWS)

        def outer(self: __torch__.M, z: Tensor, y: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float, keeps: List[List[Tensor]]) -> Tensor:
          for n in range(self.pieces(z)):
            b = A_OF(n)
            keep = self.opens(self.piece(z, n), w, l, b, s)
            _0 = torch.add(keep[-1], self.worked(keep, w, l, b, s), out=self.piece(y, n))
            if RECOMPUTE:
              pass
            else:
              _1 = torch.append(keeps, keep)
          return y

        def forth(self: __torch__.M, x: Tensor, w: List[Tensor], turn: List[Tensor], seen: List[List[Tensor]], a: List[Tensor], s: float, keeps: List[List[Tensor]]) -> Tensor:
          y = torch.new_empty(x, [LAYERS, torch.size(x, 0), HIDDEN], dtype=6)
          for l in range(LAYERS):
            keep = annotate(List[Tensor], [])
            z = self.inner(x, w, l, turn, seen, a, s, keep)
            if RECOMPUTE:
              keep = annotate(List[Tensor], [])
            else:
              pass
            _0 = torch.append(keep, x)
            _1 = torch.append(keeps, keep)
            x = self.outer(z, torch.select(y, 0, l), w, l, a, s, keeps)
          return x

        def into_attention(self: __torch__.M, d: Tensor, w: List[Tensor], l: int, turn: List[Tensor], seen: List[List[Tensor]], a: List[Tensor], s: float, keep: List[Tensor], g: List[Tensor]) -> Tensor:
          i = FIRST + SLOTS * l
          j = STRIDE * l
          x = keep[-1]
          e = UNSETTLED_ATTENTION
          dy = self.back_out([torch.type_as(e, w[LIKE])], self.result(keep, w), keep[KEPT_ATTENTION], w, i, a, j, s, g, True)
          p = self.through_attention(dy, w, i, turn, seen, keep)
          h = torch.type_as(self.norm(x, w, i), w[LIKE])
          dh = self.back_qkv(p, h, keep[0], w, i, a, j, s, g, l > 0)
          if l > 0:
            d = self.through_norm(d, x, w, i, dh)
          else:
            pass
          return d

        def again(self: __torch__.M, w: List[Tensor], l: int, turn: List[Tensor], seen: List[List[Tensor]], a: List[Tensor], s: float, keeps: List[List[Tensor]]) -> None:
          x = torch.pop(keeps)[0]
          keep = annotate(List[Tensor], [])
          z = self.inner(x, w, l, turn, seen, a, s, keep)
          _0 = torch.append(keep, x)
          _1 = torch.append(keeps, keep)
          for n in range(self.pieces(z)):
            _2 = torch.append(keeps, [self.piece(z, n)])

        def back(self: __torch__.M, d: Tensor, w: List[Tensor], turn: List[Tensor], seen: List[List[Tensor]], a: List[Tensor], s: float, keeps: List[List[Tensor]], g: List[Tensor]) -> Tensor:
          for n in range(torch.len(g)):
            _0 = torch._set_item(g, n, torch.new_zeros(g[n], torch.size(g[n]), dtype=6))
          for n in range(LAYERS):
            l = LAYERS - 1 - n
            if RECOMPUTE:
              _1 = self.again(w, l, turn, seen, a, s, keeps)
            else:
              pass
            last = self.pieces(d) - 1
            for k in range(last + 1):
              keep = torch.pop(keeps)
              b = A_OF(last - k)
              if RECOMPUTE:
                keep = self.opens(keep[0], w, l, b, s)
              else:
                pass
              part = self.piece(d, last - k)
              _2 = torch.copy_(part, self.into_mlp(part, w, l, b, s, keep, g))
            d = self.into_attention(d, w, l, turn, seen, a, s, torch.pop(keeps), g)
          return d

      """;

  private static final String MLP =
      """
        def opens(self: __torch__.M, z: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float) -> List[Tensor]:
          i = FIRST + SLOTS * l
          keep = annotate(List[Tensor], [])
          h = torch.type_as(self.norm(z, w, i + SECOND), w[LIKE])
          f = self.forth_up(h, w, i, a, STRIDE * l, s, keep)
          return torch.add(torch.add(keep, f), [z])

        def mlp(self: __torch__.M, m: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float) -> Tensor:
          return self.forth_down(m, w, FIRST + SLOTS * l, a, STRIDE * l, s, annotate(List[Tensor], []))[0]

        def worked(self: __torch__.M, keep: List[Tensor], w: List[Tensor], l: int, a: List[Tensor], s: float) -> Tensor:
          i = FIRST + SLOTS * l
          o = self.mlp(self.activated(torch.slice(keep, 1, KEPT_MLP, 1)), w, l, a, s)
          return SETTLED_MLP_OUTPUT

        def into_mlp(self: __torch__.M, d: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float, keep: List[Tensor], g: List[Tensor]) -> Tensor:
          i = FIRST + SLOTS * l
          j = STRIDE * l
          z = keep[-1]
          o = self.opened(torch.slice(keep, 1, KEPT_MLP, 1))
          n = torch.detach(o[0])
          e = UNSETTLED_MLP
          dm = self.back_down([torch.type_as(e, w[LIKE])], n, self.low_down(n, a, j), w, i, a, j, s, g, True)
          f = self.through_activation(o, dm)
          h = torch.type_as(self.norm(z, w, i + SECOND), w[LIKE])
          dh = self.back_up(f, h, keep[0], w, i, a, j, s, g, True)
          return self.through_norm(d, z, w, i + SECOND, dh)

      """;

  /** Experts are drawn back automatically, each over the tokens that went through it. */
  private static final String MIXTURE =
      """
        def opens(self: __torch__.M, z: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float) -> List[Tensor]:
          return [z]

        def worked(self: __torch__.M, keep: List[Tensor], w: List[Tensor], l: int, a: List[Tensor], s: float) -> Tensor:
          i = FIRST + SLOTS * l
          return self.mixture(torch.type_as(self.norm(keep[-1], w, i + SECOND), w[LIKE]), w, i)

        def into_mlp(self: __torch__.M, d: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float, keep: List[Tensor], g: List[Tensor]) -> Tensor:
          i = FIRST + SLOTS * l
          z = keep[-1]
          torch.set_grad_enabled(True)
          h = self.leaf(torch.type_as(self.norm(z, w, i + SECOND), w[LIKE]))
          o = self.mixture(h, w, i)
          torch.set_grad_enabled(False)
          dh = self.pull(o, [h], torch.type_as(d, o))[0]
          return self.through_norm(d, z, w, i + SECOND, dh)

      """;

  private GradientText() {}

  /** Whether a block's inner values are kept for the way back, or computed again. */
  public enum Memory {
    /** Faster. */
    KEEP,
    /** A third more arithmetic; of each block only its input is kept. */
    RECOMPUTE
  }

  /**
   * {@code forth} (blocks, without the final norm) and {@code back}; {@code learn}: cross entropy
   * per row and the gradient of its sum weighted by {@code share}; {@code hold}: KL(base ‖ adapter)
   * as a mean over rows, and the gradient of {@code coefficient} times it. Head and losses run over
   * a few rows at a time, so logits never exist whole.
   */
  public static String of(DecoderText text, Memory memory) {
    return of(text, memory, new DropoutText(0), TokenText.PLAIN);
  }

  /**
   * The same with what adapters read dropped at random, by the seed behind the adapters.
   *
   * @param tokens what is done to single tokens' share in the loss
   */
  public static String of(DecoderText text, Memory memory, DropoutText dropout, TokenText tokens) {
    Layout layout = text.config().architecture().layout();
    String groups =
        Arrays.stream(Group.values())
            .filter(group -> !layout.linears(group).isEmpty())
            .map(group -> group(layout, group, dropout))
            .map(group -> group.forth(text) + group.lows(text) + group.back(text))
            .collect(Collectors.joining());
    String recompute = memory == Memory.RECOMPUTE ? "True" : "False";
    String methods =
        pieces(text.config().architecture(), text.kernels())
            + BLOCKS
            + mlp(text)
            + HeadText.of(text.config().architecture().logitCap(), tokens)
            + dropout.methods();
    return groups + text.fill(named(text, dropout.pieced(methods))).replace("RECOMPUTE", recompute);
  }

  private static String mlp(DecoderText text) {
    return text.config().architecture().mixture().there() ? MIXTURE : MLP;
  }

  private static String pieces(Architecture architecture, Kernels kernels) {
    return PieceText.of(architecture) + AttentionText.of(architecture, kernels);
  }

  private static LinearGroup group(Layout layout, Group group, DropoutText dropout) {
    String name =
        switch (group) {
          case ATTENTION_IN -> "qkv";
          case ATTENTION_OUT -> "out";
          case MLP_IN -> "up";
          case MLP_OUT -> "down";
        };
    return new LinearGroup(
        name, layout.linears(group).stream().map(Layout.Linear::name).toList(), dropout);
  }

  /**
   * Places among what attention keeps: A·h, {@link AttentionText}'s own, A·h, the output of its
   * linear where that is normed, the block's input. Of each piece of the MLP: A·h, the outputs of
   * the linears that the activation reads, their block's sum.
   */
  private static String named(DecoderText text, String methods) {
    Architecture architecture = text.config().architecture();
    boolean settled = architecture.norms().afterwards();
    int attention = 1 + AttentionText.kept(architecture, text.kernels());
    int mlp = 1 + architecture.layout().linears(Group.MLP_IN).size();
    String norm = "self.norm(torch.to(o, 6), w, i + ";
    String output = "torch.to(keep[" + (attention + 1) + "], 6)";
    String again = "torch.to(self.mlp(n, w, l, a, s), 6)";
    return methods
        .replace("    KEEP_OUTPUT\n", settled ? "    _0 = torch.append(keep, o)\n" : "")
        .replace("SETTLED_OUTPUT", settled ? norm + "AFTER_ATTENTION)" : "o")
        .replace("SETTLED_MLP_OUTPUT", settled ? norm + "AFTER_MLP)" : "o")
        .replace(
            "UNSETTLED_MLP", settled ? "self.unsettle(" + again + ", d, w, i + AFTER_MLP)" : "d")
        .replace(
            "UNSETTLED_ATTENTION",
            settled ? "self.unsettle(" + output + ", d, w, i + AFTER_ATTENTION)" : "d")
        .replace("KEPT_ATTENTION", String.valueOf(attention))
        .replace("KEPT_MLP", String.valueOf(mlp))
        .replace("ROWS", String.valueOf(pieceRows(text.config(), text.held())));
  }

  /**
   * Rows of a piece of the MLP: a power of two, so that its widest arrays stay near 4 MB; more
   * where each piece widens the weights anew, which takes as long as the products of some ten rows.
   */
  public static int pieceRows(DecoderConfig config, Held held) {
    int fitting = MAX_PIECE_ELEMENTS / config.intermediate();
    int least = held == Held.AS_STORED ? MIN_WIDENED_ROWS : MIN_PIECE_ROWS;
    return Math.max(least, Integer.highestOneBit(Math.max(1, fitting)));
  }
}
