package io.alluvium.trainer.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which examples are kept from training: a pure function of the id, so that an example is on the
 * same side in every window, on every machine, for ever.
 *
 * @param share part of all ids, from 0 to below 1
 */
public record HeldOut(double share) {

  /** Checks the share. */
  public HeldOut {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "gate.heldOutShare is " + share + ", must be at least 0 and below 1");
    }
  }

  /** Whether the example with this id is kept from training. */
  public boolean holds(String id) {
    return fraction(id) < share;
  }

  /** The id's place in [0, 1): the first 53 bits of a SHA-256, salted against other uses. */
  private static double fraction(String id) {
    byte[] digest = sha256().digest(("held-out/" + id).getBytes(StandardCharsets.UTF_8));
    return (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
