package io.alluvium.trainer.finetune.config;

/** Refuses a setting with key, value and rule. */
final class Check {
  private Check() {}

  static void that(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(key + " is " + value + ", want " + rule);
    }
  }
}
