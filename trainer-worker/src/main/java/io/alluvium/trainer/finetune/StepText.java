package io.alluvium.trainer.finetune;

/** The method text of one optimiser step; joined to the decoder's forward pass. */
final class StepText {
  private StepText() {}

  /**
   * {@code step}: one pass over the packed records and anchors, loss, gradients of the adapters
   * only, clipping by global norm and AdamW in place on {@code p}, {@code m}, {@code v}.
   *
   * <p>loss = Σ weight·CE / number of response tokens (FLOW's released code: the weighted sum is
   * not normalised by the weights) + coefficient · mean over anchor positions of KL(base ‖
   * adapter). Gradients that are not finite change nothing. Returns CE sums per record, and [loss,
   * KL, norm].
   */
  static final String METHODS =
      """
        def divergence(self: __torch__.M, w: List[Tensor], base: Tensor, h: Tensor) -> Tensor:
          p = torch.log_softmax(self.logits(w, base), 1)
          q = torch.log_softmax(self.logits(w, h), 1)
          return torch.div(torch.sum(torch.mul(torch.exp(p), torch.sub(p, q))), torch.size(h, 0))

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

        def step(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, ids: Tensor, pos: Tensor, seg: Tensor, sel: Tensor, target: Tensor, owner: Tensor, weight: Tensor, anchor: Tensor, base: List[Tensor], m: List[Tensor], v: List[Tensor], number: int, rate: float, decay: float, limit: float, coefficient: float) -> List[Tensor]:
          torch.set_grad_enabled(True)
          a = annotate(List[Tensor], [])
          for i in range(torch.len(p)):
            _0 = torch.append(a, torch.requires_grad_(torch.detach(p[i])))
          h = self.hidden(w, rope, a, s, ids, pos, seg)
          ce = self.losses(w, torch.index_select(h, 0, sel), target)
          loss = torch.div(torch.sum(torch.mul(ce, torch.index_select(weight, 0, owner))), torch.size(sel, 0))
          kl = torch.zeros([], dtype=6)
          if torch.len(base) > 0:
            kl = self.divergence(w, torch.cat(base), torch.index_select(h, 0, anchor))
          else:
            pass
          total = torch.add(loss, torch.mul(kl, coefficient))
          found = torch.grad([total], a)
          torch.set_grad_enabled(False)
          g = annotate(List[Tensor], [])
          for i in range(torch.len(found)):
            _1 = torch.append(g, torch._unwrap_optional(found[i]))
          norm = self.update(p, m, v, g, number, rate, decay, limit)
          sums = torch.index_add(torch.zeros(torch.size(weight), dtype=6), 0, owner, torch.detach(ce))
          return [sums, torch.stack([torch.detach(loss), torch.detach(kl), norm])]

      """;
}
