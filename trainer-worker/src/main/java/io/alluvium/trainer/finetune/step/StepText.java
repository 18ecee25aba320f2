package io.alluvium.trainer.finetune.step;

import io.alluvium.trainer.program.gradient.DropoutText;
import io.alluvium.trainer.program.gradient.GradientText;
import io.alluvium.trainer.program.gradient.GradientText.Memory;
import io.alluvium.trainer.program.loss.TokenText;
import io.alluvium.trainer.program.text.DecoderText;

/** The method text of one optimiser step; joined to the decoder's forward pass. */
public final class StepText {
  /** How much of the first moment a step keeps. */
  public static final double FIRST_BETA = 0.9;

  /** How much of the second moment a step keeps. */
  public static final double SECOND_BETA = 0.999;

  private StepText() {}

  /** The base's last states where tokens are learned: without the adapters' part. */
  private static final String BASE =
      "torch.index_select(self.norm(self.forth(self.embed(w, ids, pos), w, turn, seen, a, 0., annotate(List[List[Tensor]], [])), w, FINAL), 0, sel)";

  private static final String SEEDED = "torch.add(b, [torch.new_full(ids, [], seed)])";

  /**
   * {@code update}: clips by global norm and makes one AdamW step in place on {@code p}, {@code m},
   * {@code v}; returns [loss, KL, norm]. What is not finite, or a loss above {@code ceiling},
   * changes nothing.
   *
   * <p>{@code step}: trains {@code t}, those of {@code p} that are trained. One pass over packed
   * records and anchors of a batch of {@code tokens} response tokens and {@code held} anchor
   * positions. loss = Σ weight·CE / tokens (FLOW's released code: the weighted sum is not
   * normalised by the weights) + coefficient · mean over anchor positions of KL(base ‖ adapter).
   * {@code before}: what an earlier pass of the same batch returned behind its first; to that this
   * pass's share is added. Returns CE sums per record with KL per anchor position behind them, then
   * [loss, KL] and the gradients of the decoder's pairs; or, after the batch's last pass and its
   * update, [loss, KL, norm].
   *
   * <p>{@code restrain}: if there are any {@code stiff}, to each gradient {@code stiff} times the
   * way from {@code at} is added; where {@code free} is 0 a tensor stays as it is, and so do its
   * moments.
   *
   * <p>{@code explored}: to these, if there are any, the gradients of the pairs are added, clipped
   * as they are for the update, when it is made. {@code choose}: puts {@code by} in the place of
   * {@code to}, and zero into {@code sums}.
   */
  private static final String METHODS =
      """
        def update(self: __torch__.M, p: List[Tensor], m: List[Tensor], v: List[Tensor], g: List[Tensor], number: int, rate: float, decay: float, limit: float, total: Tensor, ceiling: float) -> Tensor:
          norm = torch.norm(torch.stack(torch._foreach_norm(g)))
          scale = torch.clamp(torch.div(norm, limit), 1.)
          all = torch.cat([total, torch.unsqueeze(norm, 0)])
          fit = torch.logical_and(torch.all(torch.isfinite(all)), torch.le(torch.select(all, 0, 0), ceiling))
          broken = torch.to(torch.logical_not(fit), 6)
          at = torch.new_full(norm, [], float(number))
          steps = annotate(List[Tensor], [])
          for i in range(torch.len(p)):
            _0 = torch.append(steps, at)
          torch._fused_adamw_(p, g, m, v, annotate(List[Tensor], []), steps, lr=rate, beta1=BETA1, beta2=BETA2, weight_decay=decay, eps=1e-08, amsgrad=False, maximize=False, grad_scale=scale, found_inf=broken)
          return all

        def explore(self: __torch__.M, explored: List[Tensor], g: List[Tensor], all: Tensor, limit: float, ceiling: float) -> None:
          fit = torch.logical_and(torch.all(torch.isfinite(all)), torch.le(torch.select(all, 0, 0), ceiling))
          scale = torch.clamp(torch.div(torch.select(all, 0, 2), limit), 1.)
          for i in range(torch.len(explored)):
            _0 = torch.add_(explored[i], torch.where(fit, torch.div(g[i], scale), torch.zeros_like(g[i])))

        def restrain(self: __torch__.M, g: List[Tensor], p: List[Tensor], at: List[Tensor], stiff: List[Tensor]) -> List[Tensor]:
          for i in range(torch.len(stiff)):
            _0 = torch._set_item(g, i, torch.add(g[i], torch.mul(stiff[i], torch.sub(p[i], at[i]))))
          return g

        def learning(self: __torch__.M, x: List[Tensor], free: List[int]) -> List[Tensor]:
          out = annotate(List[Tensor], [])
          for i in range(torch.len(x)):
            if torch.len(free) == 0:
              _0 = torch.append(out, x[i])
            else:
              if free[i] > 0:
                _1 = torch.append(out, x[i])
              else:
                pass
          return out

        def choose(self: __torch__.M, to: List[Tensor], by: List[Tensor], sums: List[Tensor]) -> List[Tensor]:
          for n in range(torch.len(to)):
            _0 = torch.copy_(to[n], by[n])
          for n in range(torch.len(sums)):
            _1 = torch.zero_(sums[n])
          return annotate(List[Tensor], [])

        def step(self: __torch__.M, w: List[Tensor], rope: List[Tensor], p: List[Tensor], s: float, t: List[Tensor], ids: Tensor, pos: Tensor, places: List[Tensor], sel: Tensor, target: Tensor, owner: Tensor, weight: Tensor, anchor: Tensor, base: List[Tensor], m: List[Tensor], v: List[Tensor], before: List[Tensor], explored: List[Tensor], at: List[Tensor], stiff: List[Tensor], free: List[int], tokens: int, held: int, coefficient: float, seed: int, last: int, number: int, rate: float, decay: float, limit: float, ceiling: float) -> List[Tensor]:
          b = self.pairs(p, w, s)
          a = SEEDED
          seen = self.sights(places)
          turn = self.turns(rope, pos)
          keeps = annotate(List[List[Tensor]], [])
          x = self.forth(self.embed(w, ids, pos), w, turn, seen, a, s, keeps)
          torch.set_grad_enabled(True)
          x = self.leaf(x)
          h = self.norm(x, w, FINAL)
          torch.set_grad_enabled(False)
          r = torch.detach(h)
          share = torch.index_select(weight, 0, owner)
          SEE_BASE
          learnt = self.crossEntropy(w, torch.index_select(r, 0, sel), target, torch.div(share, tokens)KNOWN)
          d = torch.index_add(torch.zeros_like(r), 0, sel, learnt[1])
          loss = torch.div(torch.sum(torch.mul(learnt[0], share)), tokens)
          kl = torch.zeros_like(loss)
          apart = torch.slice(weight, 0, 0, 0)
          if torch.len(base) > 0:
            part = float(torch.size(anchor, 0)) / float(held)
            still = self.anchorKl(w, torch.cat(base), torch.index_select(r, 0, anchor), coefficient * part)
            kl = torch.mul(still[0], part)
            apart = still[2]
            d = torch.index_add(d, 0, anchor, still[1])
          else:
            pass
          g = annotate(List[Tensor], [])
          for i in range(torch.len(b)):
            _0 = torch.append(g, b[i])
          d = self.back(self.pull(h, [x], d)[0], w, turn, seen, a, s, keeps, g)
          total = torch.stack([loss, kl])
          if torch.len(before) > 0:
            total = torch.add(total, before[0])
            for i in range(torch.len(g)):
              _1 = torch._set_item(g, i, torch.add(g[i], before[i + 1]))
          else:
            pass
          out = [torch.cat([torch.index_add(torch.zeros_like(weight), 0, owner, learnt[0]), apart])]
          if last == 1:
            due = self.restrain(self.adapterGradients(g, p, w, s), t, at, stiff)
            all = self.update(self.learning(t, free), self.learning(m, free), self.learning(v, free), self.learning(due, free), number, rate, decay, limit, total, ceiling)
            _2 = self.explore(explored, g, all, limit, ceiling)
            _3 = torch.append(out, all)
          else:
            _4 = torch.append(out, total)
            for i in range(torch.len(g)):
              _5 = torch.append(out, g[i])
          return out

      """;

  /**
   * All methods of the training program: {@code step} and what it calls.
   *
   * @param dropout share of what adapters read that is dropped
   */
  public static String of(DecoderText text, Memory memory, double dropout) {
    return of(text, memory, dropout, TokenText.PLAIN);
  }

  /**
   * The same with something done to single tokens.
   *
   * @param tokens what is done
   */
  public static String of(DecoderText text, Memory memory, double dropout, TokenText tokens) {
    return text.forward()
        + GradientText.of(text, memory, new DropoutText(dropout), tokens)
        + text.fill(
            METHODS
                .replace("    SEE_BASE\n", tokens.seesBase() ? "    known = " + BASE + "\n" : "")
                .replace("KNOWN", tokens.seesBase() ? ", known" : "")
                .replace("SEEDED", dropout == 0 ? "b" : SEEDED)
                .replace("BETA1", String.valueOf(FIRST_BETA))
                .replace("BETA2", String.valueOf(SECOND_BETA)));
  }
}
