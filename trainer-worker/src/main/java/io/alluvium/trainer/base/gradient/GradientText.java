package io.alluvium.trainer.base.gradient;

import io.alluvium.trainer.base.program.LlamaText;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the pass forth and back through the blocks for adapters on frozen linears.
 *
 * <p>Linears have written-out gradients ({@link LinearGroup}), and so have the norm ({@code
 * through_norm}) and the activation ({@code through_activation}): automatic differentiation would
 * keep and copy more. Attention, with all that a decoder does to queries and keys, is
 * differentiated automatically as a piece of its own. Norms and activation are computed again on
 * the way back rather than kept.
 */
public final class GradientText {
  private static final List<LinearGroup> GROUPS =
      List.of(
          new LinearGroup("qkv", List.of("q_proj", "k_proj", "v_proj")),
          new LinearGroup("out", List.of("o_proj")),
          new LinearGroup("up", List.of("gate_proj", "up_proj")),
          new LinearGroup("down", List.of("down_proj")));

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

        def inner(self: __torch__.M, x: Tensor, w: List[Tensor], l: int, turn: List[Tensor], seen: Tensor, a: List[Tensor], s: float, keep: List[Tensor]) -> Tensor:
          i = 1 + 9 * l
          j = STRIDE * l
          h = torch.type_as(self.norm(x, w[i]), w[0])
          p = self.forth_qkv(h, w, i, a, j, s, keep)
          torch.set_grad_enabled(True)
          q = self.leaf(torch.view(p[0], [-1, HEADS, HEAD_SIZE]))
          k = self.leaf(torch.view(p[1], [-1, KEY_HEADS, HEAD_SIZE]))
          v = self.leaf(torch.view(p[2], [-1, KEY_HEADS, HEAD_SIZE]))
          y = self.attend(q, k, v, w, i, turn, seen)
          torch.set_grad_enabled(False)
          _0 = torch.append(keep, q)
          _1 = torch.append(keep, k)
          _2 = torch.append(keep, v)
          _3 = torch.append(keep, y)
          o = self.forth_out(torch.detach(y), w, i, a, j, s, keep)
          z = torch.add(x, o[0])
          _4 = torch.append(keep, z)
          h = torch.type_as(self.norm(z, w[i + 5]), w[0])
          f = self.forth_up(h, w, i, a, j, s, keep)
          _5 = torch.append(keep, f[0])
          _6 = torch.append(keep, f[1])
          return z

        def outer(self: __torch__.M, z: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float, keep: List[Tensor]) -> Tensor:
          m = torch.mul_(self.side(keep[8]), keep[9])
          d = self.forth_down(m, w, 1 + 9 * l, a, STRIDE * l, s, annotate(List[Tensor], []))
          return torch.add(z, d[0])

        def forth(self: __torch__.M, x: Tensor, w: List[Tensor], turn: List[Tensor], seen: Tensor, a: List[Tensor], s: float, keeps: List[List[Tensor]]) -> Tensor:
          for l in range(LAYERS):
            keep = annotate(List[Tensor], [])
            z = self.inner(x, w, l, turn, seen, a, s, keep)
            y = self.outer(z, w, l, a, s, keep)
            if RECOMPUTE:
              keep = [x]
            else:
              _0 = torch.append(keep, x)
            _1 = torch.append(keeps, keep)
            x = y
          return x

        def through_norm(self: __torch__.M, d: Tensor, x: Tensor, g: Tensor, dh: Tensor) -> Tensor:
          n = torch.div(torch.square(torch.linalg_vector_norm(x, 2, [-1], True)), HIDDEN)
          r = torch.rsqrt(torch.add(n, EPSILON))
          t = torch.mul(torch.to(dh, 6), g)
          c = torch.squeeze(torch.bmm(torch.unsqueeze(t, 1), torch.unsqueeze(x, 2)), 2)
          c = torch.div(torch.mul(c, torch.pow(r, 3)), -HIDDEN)
          return torch.add_(torch.addcmul_(torch.mul_(t, r), x, c), d)

        def through_activation(self: __torch__.M, side: Tensor, gate: Tensor, up: Tensor, dm: Tensor) -> List[Tensor]:
          du = torch.mul_(side, dm)
          t = torch.mul_(dm, up)
          return [torch.silu_backward(t, gate, grad_input=t), du]

        def into_mlp(self: __torch__.M, d: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float, keep: List[Tensor], g: List[Tensor]) -> Tensor:
          i = 1 + 9 * l
          j = STRIDE * l
          side = self.side(keep[8])
          m = torch.mul(side, keep[9])
          dm = self.back_down([torch.type_as(d, w[0])], m, self.low_down(m, a, j), w, i, a, j, s, g, True)
          f = self.through_activation(side, keep[8], keep[9], dm)
          h = torch.type_as(self.norm(keep[6], w[i + 5]), w[0])
          dh = self.back_up(f, h, keep[7], w, i, a, j, s, g, True)
          return self.through_norm(d, keep[6], w[i + 5], dh)

        def into_attention(self: __torch__.M, d: Tensor, x: Tensor, w: List[Tensor], l: int, a: List[Tensor], s: float, keep: List[Tensor], g: List[Tensor]) -> Tensor:
          i = 1 + 9 * l
          j = STRIDE * l
          y = keep[4]
          dy = self.back_out([torch.type_as(d, w[0])], torch.detach(y), keep[5], w, i, a, j, s, g, True)
          p = self.pull(y, [keep[1], keep[2], keep[3]], dy)
          p = [torch.flatten(p[0], 1), torch.flatten(p[1], 1), torch.flatten(p[2], 1)]
          h = torch.type_as(self.norm(x, w[i]), w[0])
          dh = self.back_qkv(p, h, keep[0], w, i, a, j, s, g, l > 0)
          if l > 0:
            d = self.through_norm(d, x, w[i], dh)
          else:
            pass
          return d

        def back(self: __torch__.M, d: Tensor, w: List[Tensor], turn: List[Tensor], seen: Tensor, a: List[Tensor], s: float, keeps: List[List[Tensor]], g: List[Tensor]) -> Tensor:
          for n in range(LAYERS):
            l = LAYERS - 1 - n
            keep = torch.pop(keeps)
            x = keep[-1]
            if RECOMPUTE:
              keep = annotate(List[Tensor], [])
              _0 = self.inner(x, w, l, turn, seen, a, s, keep)
            else:
              pass
            d = self.into_mlp(d, w, l, a, s, keep, g)
            d = self.into_attention(d, x, w, l, a, s, keep, g)
          return d

      """;

  private static final String HEAD =
      """
        def learn(self: __torch__.M, w: List[Tensor], h: Tensor, target: Tensor, share: Tensor) -> List[Tensor]:
          n = torch.size(h, 0)
          loss = torch.empty([n], dtype=6)
          d = torch.empty_like(h)
          for c in range(torch.floordiv(n + CHUNK - 1, CHUNK)):
            b = CHUNK * c
            e = b + CHUNK
            t = torch.unsqueeze(torch.slice(target, 0, b, e), 1)
            z = torch.log_softmax(self.logits(w, torch.slice(h, 0, b, e)), 1)
            _0 = torch.copy_(torch.slice(loss, 0, b, e), torch.neg(torch.squeeze(torch.gather(z, 1, t), 1)))
            z = torch.scatter_add_(torch.exp_(z), 1, t, torch.full_like(t, -1., dtype=6))
            part = torch.mm(torch.type_as(z, w[0]), w[HEAD])
            _1 = torch.copy_(torch.slice(d, 0, b, e), torch.mul(part, torch.unsqueeze(torch.slice(share, 0, b, e), 1)))
          return [loss, d]

        def hold(self: __torch__.M, w: List[Tensor], base: Tensor, h: Tensor, coefficient: float) -> List[Tensor]:
          n = torch.size(h, 0)
          sum = torch.zeros([], dtype=6)
          d = torch.empty_like(h)
          for c in range(torch.floordiv(n + CHUNK - 1, CHUNK)):
            b = CHUNK * c
            e = b + CHUNK
            p = torch.log_softmax(self.logits(w, torch.slice(base, 0, b, e)), 1)
            q = torch.log_softmax(self.logits(w, torch.slice(h, 0, b, e)), 1)
            r = torch.exp(p)
            sum = torch.add(sum, torch.sum(torch.mul(r, torch.sub(p, q))))
            z = torch.sub_(torch.exp_(q), r)
            part = torch.mm(torch.type_as(z, w[0]), w[HEAD])
            _1 = torch.copy_(torch.slice(d, 0, b, e), torch.mul(part, torch.div(coefficient, n)))
          return [torch.div(sum, n), d]

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
  public static String of(LlamaText text, Memory memory) {
    String groups =
        GROUPS.stream()
            .map(group -> group.forth(text) + group.lows(text) + group.back(text))
            .collect(Collectors.joining());
    String recompute = memory == Memory.RECOMPUTE ? "True" : "False";
    return groups + text.fill(BLOCKS + HEAD).replace("RECOMPUTE", recompute);
  }
}
