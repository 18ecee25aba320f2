package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.List;
import java.util.Random;

/**
 * Weight-decomposed LoRA (Liu et al. 2024, DoRA): the rows of W + s·B·A keep their direction and
 * have a trained length m, which begins as that of W's rows. As in the paper and in PEFT the
 * lengths that m is divided by count as constants for the gradient. PEFT: {@code use_dora}.
 *
 * <p>With g = m / ‖W + s·B·A‖ per row the program multiplies W by g where it uses it, and adds the
 * pair A, g·B.
 */
public record Dora() implements AdapterKind {
  @Override
  public String describe() {
    return "dora";
  }

  @Override
  public List<Part> parts(Linear linear) {
    return List.of(
        new Part("A", linear.rank(), linear.inputs(), Use.TRAINED),
        new Part("B", linear.outputs(), linear.rank(), Use.TRAINED),
        new Part(Part.MAGNITUDE, linear.adapted() ? linear.outputs() : 0, 1, Use.TRAINED));
  }

  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    List<float[]> pair = AdapterKind.super.initial(linear, random, start);
    return List.of(pair.get(0), pair.get(1), linear.adapted() ? start.get(0) : new float[0]);
  }

  @Override
  public AdapterKind published() {
    return this;
  }

  @Override
  public Needs needs() {
    return Needs.WEIGHTS;
  }

  @Override
  public boolean gains() {
    return true;
  }

  @Override
  public String start() {
    return """
            return [torch.linalg_vector_norm(torch.to(x, 6), 2, [1], True)]
        """;
  }

  @Override
  public String pair() {
    return """
            if torch.numel(p[2]) == 0:
              gain = torch.new_ones(x, [torch.size(x, 0), 1], dtype=6)
            else:
              gain = torch.div(p[2], self.lengths(p, x, s * c))
            return [p[0], torch.mul(torch.mul(p[1], gain), c), gain]
        """;
  }

  /** The gradient of g comes from W's part and from B's. */
  @Override
  public String drawn() {
    return """
            if torch.numel(p[2]) == 0:
              out = [p[2]]
            else:
              n = self.lengths(p, x, s * c)
              b = torch.mul(g[1], c)
              d = torch.add(g[2], torch.sum(torch.mul(b, p[1]), [1], True))
              out = [g[0], torch.mul(b, torch.div(p[2], n)), torch.div(d, n)]
            return out
        """;
  }

  @Override
  public String methods() {
    return """
          def lengths(self: __torch__.M, p: List[Tensor], x: Tensor, s: float) -> Tensor:
            y = torch.addmm(torch.to(x, 6), p[1], p[0], beta=1, alpha=s)
            return torch.linalg_vector_norm(y, 2, [1], True)

        """;
  }
}
