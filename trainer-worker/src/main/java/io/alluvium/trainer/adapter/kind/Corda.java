package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Starts where the base's knowledge is not (Yang et al. 2024, CorDA, knowledge-preserving mode):
 * with C the second moments of a linear's inputs on texts to be kept, the smallest r components of
 * the singular value decomposition of W·C, times C's inverse, become s·B₀·A₀; the rest of W stays
 * frozen. Trained are A and B from A₀ and B₀ on.
 *
 * <p>The program adds s·(B·A − B₀·A₀) to W itself, which is the same. That difference is also what
 * is published, as LoRA of twice the rank: whoever loads it needs the base and nothing else.
 */
public record Corda() implements AdapterKind {
  @Override
  public String describe() {
    return "corda";
  }

  @Override
  public List<Part> parts(Linear linear) {
    int rank = linear.rank();
    return List.of(
        new Part("A", rank, linear.inputs(), Use.TRAINED),
        new Part("B", linear.outputs(), rank, Use.TRAINED),
        new Part("A0", rank, linear.inputs(), Use.FIXED),
        new Part("B0", linear.outputs(), rank, Use.FIXED));
  }

  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    if (!linear.adapted()) {
      return List.of(new float[0], new float[0], new float[0], new float[0]);
    }
    return List.of(start.get(0), start.get(1), start.get(0), start.get(1));
  }

  @Override
  public boolean alive(List<float[]> values) {
    return !Arrays.equals(values.get(0), values.get(2))
        || !Arrays.equals(values.get(1), values.get(3));
  }

  @Override
  public int publishedRanks() {
    return 2;
  }

  @Override
  public boolean publishedAsIs() {
    return false;
  }

  @Override
  public List<float[]> publish(Linear linear, List<float[]> values) {
    int rank = linear.rank();
    float[] a = new float[2 * rank * linear.inputs()];
    System.arraycopy(values.get(0), 0, a, 0, a.length / 2);
    System.arraycopy(values.get(2), 0, a, a.length / 2, a.length / 2);
    float[] b = new float[2 * rank * linear.outputs()];
    for (int row = 0; row < linear.outputs(); row++) {
      for (int r = 0; r < rank; r++) {
        b[2 * rank * row + r] = values.get(1)[rank * row + r];
        b[2 * rank * row + rank + r] = -values.get(3)[rank * row + r];
      }
    }
    return List.of(a, b);
  }

  @Override
  public Needs needs() {
    return Needs.KEPT_TEXTS;
  }

  /**
   * The damping of C is a hundredth of its mean diagonal, doubled until C and its inverse make one.
   * The roots of the singular values go to both sides, and 1 / s with them.
   */
  @Override
  public String start() {
    return """
            y = torch.to(x, 7)
            one = torch.eye(torch.size(moments, 0), dtype=7)
            c = torch.div(moments, torch.mean(torch.diagonal(moments)))
            damping = 0.01
            m = torch.add(c, torch.mul(one, damping))
            inverse = torch.linalg_inv(m)
            for k in range(20):
              if bool(torch.gt(torch.max(torch.abs(torch.sub(torch.mm(m, inverse), one))), 1e-06)):
                damping = damping * 2.
                m = torch.add(c, torch.mul(one, damping))
                inverse = torch.linalg_inv(m)
              else:
                pass
            u, e, v = torch.linalg_svd(torch.mm(y, m), False)
            first = torch.size(e, 0) - rank
            root = torch.sqrt(torch.div(torch.slice(e, 0, first), s))
            a = torch.mul(torch.unsqueeze(root, 1), torch.mm(torch.slice(v, 0, first), inverse))
            b = torch.mul(torch.slice(u, 1, first), root)
            return [a, b]
        """;
  }

  @Override
  public String pair() {
    return """
            b = torch.mul(torch.cat([p[1], torch.neg(p[3])], 1), c)
            return [torch.cat([p[0], p[2]], 0), b]
        """;
  }

  @Override
  public String drawn() {
    return """
            r = torch.size(p[0], 0)
            b = torch.contiguous(torch.slice(g[1], 1, 0, r))
            return [torch.contiguous(torch.slice(g[0], 0, 0, r)), torch.mul(b, c)]
        """;
  }
}
