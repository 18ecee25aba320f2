package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Drawn;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Sums of random pairs that only diagonals are trained of (Albert et al. 2025, RandLoRA): Σ
 * B_j·Λ_j· A·Γ_j with n pairs of rank r. A and the B_j depend on the seed, the path and the shape
 * alone, as in {@link BOnly}. Trained are n·(r + inputs) numbers per linear, and the sum has rank
 * n·r.
 *
 * <p>Published as LoRA of rank n·r, which is the same sum: B = [B_1·Λ_1 … B_n·Λ_n], A = [A·Γ_1; …].
 * What is lost is only that the folder is larger than what was trained.
 *
 * @param bases number of pairs, n
 * @param seed of A and every B_j
 */
public record RandLora(int bases, long seed) implements AdapterKind {
  /** Refuses no pairs at all. */
  public RandLora {
    if (bases < 1) {
      throw new IllegalArgumentException("randlora bases are " + bases + ", want 1 or more");
    }
  }

  @Override
  public String describe() {
    return "randlora(bases=" + bases + ",seed=" + seed + ")";
  }

  @Override
  public List<Part> parts(Linear linear) {
    int rank = linear.rank();
    int pairs = linear.adapted() ? bases : 0;
    return List.of(
        new Part("lambda", pairs, rank, Use.TRAINED),
        new Part("gamma", pairs, linear.inputs(), Use.TRAINED),
        new Part("A", rank, linear.inputs(), Use.FIXED),
        new Part("B", linear.outputs(), (long) pairs * rank, Use.FIXED));
  }

  /** Λ zero, Γ one: nothing is changed, and both learn from the first steps on. */
  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    int rank = linear.rank();
    int pairs = linear.adapted() ? bases : 0;
    float[] gamma = new float[pairs * linear.inputs()];
    Arrays.fill(gamma, 1);
    Random fixed = Drawn.random(linear.path(), seed);
    double one = Math.sqrt(3.0 / linear.inputs());
    float[] a = Drawn.uniform(fixed, rank * linear.inputs(), one);
    float[] b = Drawn.uniform(fixed, linear.outputs() * pairs * rank, 1);
    return List.of(new float[pairs * rank], gamma, a, b);
  }

  @Override
  public boolean alive(List<float[]> values) {
    return Drawn.anyNonZero(values.get(0));
  }

  @Override
  public int publishedRanks() {
    return bases;
  }

  @Override
  public boolean publishedAsIs() {
    return false;
  }

  @Override
  public List<float[]> publish(Linear linear, List<float[]> values) {
    int rank = linear.rank();
    int inputs = linear.inputs();
    int wide = linear.adapted() ? bases * rank : 0;
    float[] a = new float[wide * inputs];
    for (int row = 0; row < wide; row++) {
      for (int i = 0; i < inputs; i++) {
        float drawn = values.get(2)[row % rank * inputs + i];
        a[row * inputs + i] = drawn * values.get(1)[row / rank * inputs + i];
      }
    }
    float[] b = values.get(3).clone();
    for (int i = 0; i < b.length; i++) {
      b[i] *= values.get(0)[i % wide];
    }
    return List.of(a, b);
  }

  @Override
  public String pair() {
    return """
            a = torch.mul(torch.unsqueeze(p[2], 0), torch.unsqueeze(p[1], 1))
            b = torch.mul(torch.mul(p[3], torch.reshape(p[0], [1, torch.size(p[3], 1)])), c)
            return [torch.reshape(a, [-1, torch.size(p[2], 1)]), b]
        """;
  }

  @Override
  public String drawn() {
    return """
            d = torch.sum(torch.mul(torch.mul(g[1], c), p[3]), [0])
            a = torch.reshape(g[0], [torch.size(p[1], 0), torch.size(p[2], 0), torch.size(p[2], 1)])
            return [torch.reshape(d, torch.size(p[0])), torch.sum(torch.mul(a, torch.unsqueeze(p[2], 0)), [1])]
        """;
  }
}
