package io.alluvium.trainer.round.start;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Seeds that follow from what a round is, so that it can be done again. */
public final class Seed {
  private Seed() {}

  /** The seed of an adapter's version; 0 stands for its first beginning. */
  public static long of(long configured, String adapter, long version) {
    String text = configured + "/" + version + "/" + adapter;
    return ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
