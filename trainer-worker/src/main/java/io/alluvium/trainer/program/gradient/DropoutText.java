package io.alluvium.trainer.program.gradient;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes LoRA dropout: a share of what adapters read is zero, the rest scaled up (Hinton et al.
 * 2012; where PEFT has it, but linears that read the same input share one mask).
 *
 * <p>Whether a value is dropped is a hash of a seed, the linears and the value's place. So nothing
 * is kept for the way back, recomputing gives the same, and every machine drops the same values.
 * The seed is an int64 scalar behind the last adapter in {@code a}.
 *
 * @param share dropped, in [0, 1)
 */
public record DropoutText(double share) {
  private static final int BITS = 24;
  private static final List<String> GROUPS = List.of("qkv", "out", "up", "down");
  private static final Pattern OF_PIECE = Pattern.compile("A_OF\\(([^)]*)\\)");
  private static final String METHODS =
      """
        def drop(self: __torch__.M, x: Tensor, a: List[Tensor], k: int) -> Tensor:
          rows = torch.cumsum(torch.new_full(a[-1], [torch.size(x, 0), 1], 6364136223846793005), 0)
          columns = torch.cumsum(torch.new_full(a[-1], [1, torch.size(x, 1)], 3935559000370003845), 1)
          z = torch.add(rows, torch.add(columns, torch.add(a[-1], 2654435769 * k)))
          z = torch.bitwise_xor(z, torch.bitwise_right_shift(z, 32))
          z = torch.mul_(z, 7046029254386353131)
          z = torch.bitwise_xor(z, torch.bitwise_right_shift(z, 29))
          z = torch.mul_(z, 1609587929392839161)
          kept = torch.ge(torch.bitwise_and(torch.bitwise_right_shift(z, 33), MASK), LEAST)
          return torch.mul(x, torch.mul(torch.type_as(kept, x), SCALE))

        def of_piece(self: __torch__.M, a: List[Tensor], n: int) -> List[Tensor]:
          rows = torch.mul(torch.full_like(a[-1], 6364136223846793005), ROWS * n)
          return torch.add(torch.slice(a, 0, -1, 1), [torch.add(a[-1], rows)])

      """;

  /** The text of a value as adapters read it, within a method that has {@code a} and {@code j}. */
  String of(String value, String group) {
    return share == 0
        ? value
        : "self.drop(%s, a, 4 * j + %d)".formatted(value, GROUPS.indexOf(group));
  }

  /** {@code x + left·right}, with what is added dropped as the group's input was. */
  String added(String x, String left, String right, String group) {
    return share == 0
        ? "torch.addmm_(%s, %s, %s, beta=1, alpha=1)".formatted(x, left, right)
        : "torch.add_(%s, %s)".formatted(x, of("torch.mm(%s, %s)".formatted(left, right), group));
  }

  /**
   * Fills in {@code A_OF(n)}: the adapters as the n-th piece of ROWS rows reads them, whose rows
   * have the numbers that they have in the whole.
   */
  String pieced(String methods) {
    return OF_PIECE.matcher(methods).replaceAll(share == 0 ? "a" : "self.of_piece(a, $1)");
  }

  /** {@code drop} and {@code of_piece}, where anything is dropped. */
  String methods() {
    return share == 0
        ? ""
        : METHODS
            .replace("MASK", String.valueOf((1 << BITS) - 1))
            .replace("LEAST", String.valueOf(Math.round(share * (1 << BITS))))
            .replace("SCALE", String.format(Locale.ROOT, "%.9f", 1 / (1 - share)));
  }
}
