package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.adapter.part.Orthonormal;
import io.alluvium.trainer.adapter.part.Part;
import io.alluvium.trainer.adapter.part.Part.Use;
import java.util.List;
import java.util.Random;

/**
 * Only B is trained; A has orthonormal rows and depends on this seed, the linear's path and its
 * shape alone, whatever adapter it is and whatever machine makes it. Adapters of one seed therefore
 * add, scale and average exactly, B by B (Zhu et al. 2024, Asymmetry in low-rank adapters).
 * Published as LoRA with A written out.
 *
 * @param seed of every A
 */
public record BOnly(long seed) implements AdapterKind {
  @Override
  public String describe() {
    return "b-only(seed=" + seed + ")";
  }

  @Override
  public List<Part> parts(Linear linear) {
    return List.of(
        new Part("A", linear.rank(), linear.inputs(), Use.FIXED),
        new Part("B", linear.outputs(), linear.rank(), Use.TRAINED));
  }

  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    return List.of(
        Orthonormal.rows(linear, seed),
        new float[Math.multiplyExact(linear.outputs(), linear.rank())]);
  }

  @Override
  public String drawn() {
    return """
            return [torch.mul(g[1], c)]
        """;
  }
}
