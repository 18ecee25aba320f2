package io.alluvium.trainer.program.gradient;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.architecture.Architecture.Attention;
import io.alluvium.trainer.model.architecture.Part.Group;
import io.alluvium.trainer.program.text.Kernels;

/**
 * Writes attention forth and back. The fused kernel keeps its inputs, its result and one number per
 * head and token; automatic differentiation would keep the shared keys and values and both sides of
 * the rotation as well, 17 MB more for a block of 2048 tokens at width 512. Scores with a cap have
 * no fused kernel and are differentiated automatically, and so are norms of heads.
 *
 * <p>{@code attended}: the result for the outputs {@code p} of the linears; appends what the way
 * back needs to {@code keep}, where A·h stands first. {@code result}: the same result from there.
 * {@code through_attention}: its gradient drawn back to {@code p}.
 */
final class AttentionText {
  private static final String FUSED =
      """
        def gathered(self: __torch__.M, x: Tensor) -> Tensor:
          if GROUP == 1:
            y = x
          else:
            y = torch.sum(torch.view(x, [-1, KEY_HEADS, GROUP, HEAD_SIZE]), [2])
          return y

        def forth_fused(self: __torch__.M, r: List[Tensor], seen: List[List[Tensor]], i: int) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          sums = annotate(List[Tensor], [])
          for b in range(1, torch.len(seen)):
            o, e = self.fused(r, seen, seen[b], b, i)
            _0 = torch.append(out, o)
            _1 = torch.append(sums, torch.flatten(torch.transpose(e, 1, 2)))
          return [self.unfold(out, seen), torch.cat(sums)]

        def fused(self: __torch__.M, r: List[Tensor], all: List[List[Tensor]], seen: List[Tensor], b: int, i: int) -> Tuple[Tensor, Tensor]:
          k = self.share(self.fold(r[1], all, b))
          v = self.share(self.fold(r[2], all, b))
          return torch._scaled_dot_product_flash_attention_for_cpu(self.fold(r[0], all, b), k, v, 0., CAUSAL, attn_mask=SEEN, scale=SCALE)

        def back_fused(self: __torch__.M, dy: Tensor, r: List[Tensor], o: Tensor, e: Tensor, seen: List[List[Tensor]], i: int) -> List[Tensor]:
          d = torch.view(torch.to(dy, 6), [-1, HEADS, HEAD_SIZE])
          q = annotate(List[Tensor], [])
          k = annotate(List[Tensor], [])
          v = annotate(List[Tensor], [])
          begin = 0
          for b in range(1, torch.len(seen)):
            rows, width = torch.size(seen[b][0], 0), torch.size(seen[b][0], 1)
            end = begin + rows * width * HEADS
            sums = torch.transpose(torch.view(torch.slice(e, 0, begin, end), [rows, width, HEADS]), 1, 2)
            dq, dk, dv = self.unfused([d, r[0], r[1], r[2], o, sums], seen, seen[b], b, i)
            _0 = torch.append(q, dq)
            _1 = torch.append(k, dk)
            _2 = torch.append(v, dv)
            begin = end
          return [self.unfold(q, seen), self.gathered(self.unfold(k, seen)), self.gathered(self.unfold(v, seen))]

        def unfused(self: __torch__.M, x: List[Tensor], all: List[List[Tensor]], seen: List[Tensor], b: int, i: int) -> Tuple[Tensor, Tensor, Tensor]:
          k = self.share(self.fold(x[2], all, b))
          v = self.share(self.fold(x[3], all, b))
          return torch._scaled_dot_product_flash_attention_for_cpu_backward(self.fold(x[0], all, b), self.fold(x[1], all, b), k, v, self.fold(x[4], all, b), x[5], 0., CAUSAL, attn_mask=SEEN, scale=SCALE)

        def result(self: __torch__.M, keep: List[Tensor], w: List[Tensor]) -> Tensor:
          return torch.type_as(torch.flatten(keep[OUTPUT], 1), w[LIKE])

      """;

  private static final String ROTATED =
      """
        def attended(self: __torch__.M, p: List[Tensor], w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]], keep: List[Tensor]) -> Tensor:
          r = self.heads(p, w, i, turn)
          o = self.forth_fused(r, seen, i)
          for n in range(3):
            _0 = torch.append(keep, r[n])
          for n in range(2):
            _1 = torch.append(keep, o[n])
          return self.result(keep, w)

        def through_attention(self: __torch__.M, dy: Tensor, w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]], keep: List[Tensor]) -> List[Tensor]:
          d = self.back_fused(dy, torch.slice(keep, 1, 4, 1), keep[4], keep[5], seen, i)
          sin = torch.neg(TURN_SIN)
          p = [self.rotate(d[0], TURN_COS, sin), self.rotate(d[1], TURN_COS, sin), d[2]]
          out = annotate(List[Tensor], [])
          for n in range(3):
            _0 = torch.append(out, torch.type_as(torch.flatten(p[n], 1), w[LIKE]))
          return out

      """;

  private static final String ANY_HEADS =
      """
        def attended(self: __torch__.M, p: List[Tensor], w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]], keep: List[Tensor]) -> Tensor:
          o = self.forth_fused(self.heads(p, w, i, turn), seen, i)
          for n in range(torch.len(p)):
            _0 = torch.append(keep, p[n])
          for n in range(2):
            _1 = torch.append(keep, o[n])
          return self.result(keep, w)

        def through_attention(self: __torch__.M, dy: Tensor, w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]], keep: List[Tensor]) -> List[Tensor]:
          torch.set_grad_enabled(True)
          p = self.leaves(torch.slice(keep, 1, OUTPUT, 1))
          r = self.heads(p, w, i, turn)
          torch.set_grad_enabled(False)
          still = annotate(List[Tensor], [])
          for n in range(3):
            _0 = torch.append(still, torch.detach(r[n]))
          d = self.back_fused(dy, still, keep[OUTPUT], keep[OUTPUT + 1], seen, i)
          return self.pulls(r, p, d)

        def pulls(self: __torch__.M, y: List[Tensor], x: List[Tensor], d: List[Tensor]) -> List[Tensor]:
          found = torch.grad(y, x, annotate(List[Optional[Tensor]], [d[0], d[1], d[2]]))
          out = annotate(List[Tensor], [])
          for n in range(torch.len(found)):
            _0 = torch.append(out, torch._unwrap_optional(found[n]))
          return out

      """;

  private static final String ANY_SCORES =
      """
        def attended(self: __torch__.M, p: List[Tensor], w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]], keep: List[Tensor]) -> Tensor:
          torch.set_grad_enabled(True)
          p = self.leaves(p)
          y = self.attend(p, w, i, turn, seen)
          torch.set_grad_enabled(False)
          for n in range(torch.len(p)):
            _0 = torch.append(keep, p[n])
          _1 = torch.append(keep, y)
          return self.result(keep, w)

        def result(self: __torch__.M, keep: List[Tensor], w: List[Tensor]) -> Tensor:
          return torch.detach(keep[OUTPUT])

        def through_attention(self: __torch__.M, dy: Tensor, w: List[Tensor], i: int, turn: List[Tensor], seen: List[List[Tensor]], keep: List[Tensor]) -> List[Tensor]:
          return self.pull(keep[OUTPUT], torch.slice(keep, 1, OUTPUT, 1), dy)

      """;

  private AttentionText() {}

  static String of(Architecture architecture, Kernels kernels) {
    Attention attention = architecture.attention();
    String scale = attention.scale() > 0 ? String.valueOf(attention.scale()) : "None";
    String methods =
        fused(architecture, kernels)
            ? FUSED + (rotated(architecture) ? ROTATED : ANY_HEADS)
            : ANY_SCORES;
    return methods
        .replace("OUTPUT", String.valueOf(1 + inputs(architecture, kernels)))
        .replace("SCALE", scale);
  }

  /** How many tensors {@code attended} keeps. */
  static int kept(Architecture architecture, Kernels kernels) {
    return inputs(architecture, kernels) + (fused(architecture, kernels) ? 2 : 1);
  }

  private static boolean fused(Architecture architecture, Kernels kernels) {
    return kernels == Kernels.CPU && architecture.attention().cap() == 0;
  }

  private static int inputs(Architecture architecture, Kernels kernels) {
    return fused(architecture, kernels) && rotated(architecture)
        ? 3
        : architecture.layout().linears(Group.ATTENTION_IN).size();
  }

  /** Whether nothing but Llama's rotation lies between the linears and the scores. */
  private static boolean rotated(Architecture architecture) {
    return architecture.layout().separateHeads() && !architecture.norms().ofHeads();
  }
}
