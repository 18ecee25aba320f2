package io.alluvium.trainer.finetune.method;

/** A method of the literature with its amount. */
public interface Method {

  /** Its name in configurations and benches. */
  String name();

  /** How much of it; each method says what that means. */
  double amount();

  /**
   * Checks an amount.
   *
   * @param fits whether it does
   * @param rule what is wanted, for people
   * @throws IllegalArgumentException naming the method, the amount and the rule
   */
  static void check(boolean fits, String name, double amount, String rule) {
    if (!fits) {
      throw new IllegalArgumentException(
          "finetune.methods.%s is %s, want %s".formatted(name, amount, rule));
    }
  }
}
