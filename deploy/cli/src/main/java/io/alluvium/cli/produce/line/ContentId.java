package io.alluvium.cli.produce.line;

import io.alluvium.schemas.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An id for an example that has none: the same content gets the same id, on every machine. */
final class ContentId {
  private static final int HEX_DIGITS = 32;

  private ContentId() {}

  /** The first 128 bits of the SHA-256 over every text with its length before it, in hex. */
  static String of(
      @Nullable String prompt, @Nullable String completion, @Nullable List<Message> messages) {
    MessageDigest digest = sha256();
    if (messages == null) {
      add(digest, prompt);
      add(digest, completion);
    } else {
      messages.forEach(message -> add(digest, message));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private static void add(MessageDigest digest, Message message) {
    add(digest, message.getRole());
    add(digest, message.getContent());
  }

  private static void add(MessageDigest digest, @Nullable String text) {
    byte[] bytes = (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
