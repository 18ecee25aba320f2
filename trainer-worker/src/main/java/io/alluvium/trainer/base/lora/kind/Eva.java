package io.alluvium.trainer.base.lora.kind;

import java.util.List;
import java.util.Random;

/**
 * LoRA whose A begins as the directions in which the inputs of a linear vary most on the first
 * window (Paischer et al. 2024, EVA): the leading right singular vectors of its activations. B is
 * zero, the rank is the same everywhere. From then on it is LoRA, and published as that.
 */
public record Eva() implements AdapterKind {
  @Override
  public String describe() {
    return "eva";
  }

  @Override
  public List<float[]> initial(Linear linear, Random random, List<float[]> start) {
    return List.of(
        linear.adapted() ? start.get(0) : new float[0],
        new float[Math.multiplyExact(linear.outputs(), linear.rank())]);
  }

  @Override
  public boolean trainsPairs() {
    return true;
  }

  @Override
  public Needs needs() {
    return Needs.WINDOW;
  }

  /** Of eigenvectors either sign is right; the one whose largest value is positive is taken. */
  @Override
  public String start() {
    return """
            e, v = torch.linalg_eigh(moments)
            a = torch.t(torch.flip(torch.slice(v, 1, torch.size(v, 1) - rank), [1]))
            i = torch.argmax(torch.abs(a), 1, True)
            return [torch.contiguous(torch.mul(a, torch.sign(torch.gather(a, 1, i))))]
        """;
  }
}
