package io.alluvium.trainer.program.loss;

/**
 * What a method does to single tokens of the loss, as bodies of methods of the training program.
 * Both see {@code z}, the adapter's log-probabilities (tokens x vocabulary, fp32), {@code t}, the
 * token that comes next (tokens x 1), and {@code p}, the base's log-probabilities where {@code
 * seesBase} says so (elsewhere it is {@code z}). Nothing is drawn back through them.
 *
 * @param seesBase whether each pass also goes through the base, for a third more of its time
 * @param factor returns what each token's cross entropy is multiplied by (tokens); empty for one
 * @param pull returns what is added to the gradient on the logits before that factor (tokens x
 *     vocabulary); empty for nothing
 */
public record TokenText(boolean seesBase, String factor, String pull) {
  /** Cross entropy as it is. */
  public static final TokenText PLAIN = new TokenText(false, "", "");

  private static final String SIGNATURE =
      "  def %s(self: __torch__.M, z: Tensor, t: Tensor, p: Tensor) -> Tensor:\n";

  /** The methods that the bodies make. */
  String methods() {
    return method("tokenFactor", factor) + method("tokenPull", pull);
  }

  /** This with what another adds. */
  public TokenText with(TokenText other) {
    return new TokenText(seesBase || other.seesBase, factor + other.factor, pull + other.pull);
  }

  private static String method(String name, String body) {
    return body.isEmpty() ? "" : SIGNATURE.formatted(name) + body + "\n";
  }
}
