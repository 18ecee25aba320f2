package io.alluvium.trainer.finetune;

import io.alluvium.trainer.base.gradient.GradientText;
import io.alluvium.trainer.base.gradient.GradientText.Memory;
import io.alluvium.trainer.base.program.LlamaText;

/** The method text of one optimiser step; joined to the decoder's forward pass. */
final class StepText {
  private StepText() {}

  /**
   * {@code step}: one pass over the packed records and anchors, loss, gradients of the adapters
   * only, clipping by global norm and AdamW in place on {@code t}, the trained ones among {@code
   * p}, and on {@code m}, {@code v}.
   *
   * <p>loss = Σ weight·CE / number of response tokens (FLOW's released code: the weighted sum is
   * not normalised by the weights) + coefficient · mean over anchor positions of KL(base ‖
   * adapter). Gradients that are not finite change nothing. Returns CE sums per record, and [loss,
   * KL, norm].
   */
  private static final String METHODS =
      """
        def update(self: __torch__.M, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor], number: int, rate: float, decay: float, limit: float) -> Tensor:
          norm = torch.norm(torch.stack(torch._foreach_norm(g)))
          scale = torch.clamp(torch.div(norm, limit), 1.)
          broken = torch.to(torch.logical_not(torch.isfinite(norm)), 6)
          at = torch.full([], float(number), dtype=6)
          steps = annotate(List[Tensor], [])
          for i in range(torch.len(p)):
            _0 = torch.append(steps, at)
          torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=0.9, beta2=0.999, weight_decay=decay, eps=1e-08, amsgrad=False, maximize=False, grad_scale=scale, found_inf=broken)
          return norm

        def step(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, t: List[Tensor], ids: Tensor, pos: Tensor, seg: Tensor, sel: Tensor, target: Tensor, owner: Tensor, weight: Tensor, anchor: Tensor, base: List[Tensor], m: List[Tensor], v: List[Tensor], number: int, rate: float, decay: float, limit: float, coefficient: float) -> List[Tensor]:
          a = self.alike(p, w, s)
          seen = self.mask(seg)
          at = torch.flatten(pos)
          turn = self.turns(rope, at)
          keeps = annotate(List[List[Tensor]], [])
          x = self.forth(self.embed(w, ids, at), w, turn, seen, a, s, keeps)
          torch.set_grad_enabled(True)
          x = self.leaf(x)
          h = self.norm(x, w, FINAL)
          torch.set_grad_enabled(False)
          r = torch.detach(h)
          share = torch.index_select(weight, 0, owner)
          learnt = self.learn(w, torch.index_select(r, 0, sel), target, torch.div(share, torch.size(sel, 0)))
          d = torch.index_add(torch.zeros_like(r), 0, sel, learnt[1])
          loss = torch.div(torch.sum(torch.mul(learnt[0], share)), torch.size(sel, 0))
          kl = torch.zeros([], dtype=6)
          if torch.len(base) > 0:
            held = self.hold(w, torch.cat(base), torch.index_select(r, 0, anchor), coefficient)
            kl = held[0]
            d = torch.index_add(d, 0, anchor, held[1])
          else:
            pass
          g = annotate(List[Tensor], [])
          for i in range(torch.len(a)):
            _0 = torch.append(g, a[i])
          d = self.back(self.pull(h, [x], d)[0], w, turn, seen, a, s, keeps, g)
          g = self.drawn(g, p, w, s)
          norm = self.update(t, m, v, g, number, rate, decay, limit)
          sums = torch.index_add(torch.zeros(torch.size(weight), dtype=6), 0, owner, learnt[0])
          return [sums, torch.stack([loss, kl, norm])]

      """;

  /** All methods of the training program: {@code step} and what it calls. */
  static String of(LlamaText text, Memory memory) {
    return text.forward() + GradientText.of(text, memory) + text.fill(METHODS);
  }
}
