package io.alluvium.streams.admit.secret;

import java.util.List;

/** Texts with masks in place of what was found. Pure. */
public final class Masking {
  private Masking() {}

  /** The text with the mask of its kind in place of each finding that the policy masks. */
  public static String masked(String text, List<Finding> findings, SecretConfig config) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (Finding finding : findings) {
      if (config.action(finding.kind()) == SecretConfig.Action.MASK) {
        masked.append(text, from, finding.start()).append(finding.kind().mask());
        from = finding.end();
      }
    }
    return masked.append(text, from, text.length()).toString();
  }
}
