package io.alluvium.trainer.adapter.kind;

import io.alluvium.trainer.adapter.part.Linear;
import java.util.Collections;
import java.util.List;

/**
 * The part of a decoder's program that depends on the adapters: {@code alike}, which makes the
 * pairs that the program adds to its linears from the tensors of an adapter, and {@code drawn},
 * which makes the gradients of its trained tensors from those of the pairs.
 *
 * @param targets linears of a block that any layer adapts, in program order
 * @param kind of the adapters
 * @param factors per layer and target what multiplies the scale there; empty where it is 1
 *     everywhere and every layer has all targets
 */
public record AdapterText(List<String> targets, AdapterKind kind, List<Double> factors) {
  private static final String SAME =
      """
        def pairs(self: __torch__.M, a: List[Tensor], w: List[Tensor], s: float) -> List[Tensor]:
          b = annotate(List[Tensor], [])
          for n in range(torch.len(a)):
            _0 = torch.append(b, torch.type_as(a[n], w[LIKE]))
          return b

        def adapterGradients(self: __torch__.M, g: List[Tensor], p: List[Tensor], w: List[Tensor], s: float) -> List[Tensor]:
          return g

      """;

  private static final String MADE =
      """
        def pair(self: __torch__.M, p: List[Tensor], x: Tensor, s: float, c: float) -> List[Tensor]:
      PAIR
        def draw(self: __torch__.M, p: List[Tensor], x: Tensor, s: float, c: float, g: List[Tensor]) -> List[Tensor]:
      DRAW
        def under(self: __torch__.M, w: List[Tensor], n: int) -> Tensor:
          at = OFFSETS
          return torch.type_as(w[FIRST + SLOTS * torch.floordiv(n, COUNT) + at[torch.remainder(n, COUNT)]], w[LIKE])

        def pairs(self: __torch__.M, a: List[Tensor], w: List[Tensor], s: float) -> List[Tensor]:
          c = FACTORS
          b = annotate(List[Tensor], [])
          for n in range(torch.len(c)):
            e = self.pair(torch.slice(a, PARTS * n, PARTS * n + PARTS, 1), self.under(w, n), s, c[n])
            for m in range(torch.len(e)):
              _0 = torch.append(b, torch.type_as(e[m], w[LIKE]))
          return b

        def adapterGradients(self: __torch__.M, g: List[Tensor], p: List[Tensor], w: List[Tensor], s: float) -> List[Tensor]:
          c = FACTORS
          out = annotate(List[Tensor], [])
          for n in range(torch.len(c)):
            d = self.draw(torch.slice(p, PARTS * n, PARTS * n + PARTS, 1), self.under(w, n), s, c[n], torch.slice(g, PAIRED * n, PAIRED * n + PAIRED, 1))
            for m in range(torch.len(d)):
              if torch.gt(torch.numel(d[m]), 0):
                _0 = torch.append(out, d[m])
              else:
                pass
          return out

      """;

  /** Copies the lists. */
  public AdapterText {
    targets = List.copyOf(targets);
    factors = List.copyOf(factors);
  }

  /** Plain LoRA of the same rank everywhere. */
  public static AdapterText plain(List<String> targets) {
    return new AdapterText(targets, new Lora(), List.of());
  }

  /** How many tensors the program has per linear: A, B and what the kind adds, or one matrix. */
  public int paired() {
    if (kind.dense()) {
      return 1;
    }
    return kind.gains() ? 3 : 2;
  }

  /**
   * Both methods.
   *
   * @param layers number of blocks
   * @param offsets places of the targets' weights within a block
   */
  public String methods(int layers, List<Integer> offsets) {
    if (asIs()) {
      return SAME;
    }
    return kind.methods()
        + MADE.replace("PAIR\n", kind.pair() + "\n")
            .replace("DRAW\n", kind.drawn() + "\n")
            .replace("OFFSETS", offsets.toString())
            .replace("FACTORS", factors(layers).toString())
            .replace("COUNT", String.valueOf(targets.size()))
            .replace("PARTS", String.valueOf(kind.parts(new Linear("", 1, 1, 1)).size()))
            .replace("PAIRED", String.valueOf(paired()));
  }

  private boolean asIs() {
    return factors.isEmpty() && kind.trainsPairs();
  }

  private List<Double> factors(int layers) {
    return factors.isEmpty() ? Collections.nCopies(layers * targets.size(), 1.0) : factors;
  }
}
