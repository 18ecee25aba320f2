package io.alluvium.cli.produce.line;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
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
  static String of(TrainingExample.Builder example) {
    MessageDigest digest = sha256();
    List<Message> messages = example.getMessages();
    if (messages == null) {
      add(digest, example.getPrompt());
      add(digest, example.getCompletion());
    } else {
      messages.forEach(message -> add(digest, message));
      addIfSaid(digest, "tools", example.getTools());
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private static void add(MessageDigest digest, Message message) {
    add(digest, message.getRole());
    add(digest, message.getContent());
    addIfSaid(digest, "weight", message.getWeight() == 0 ? "0" : null);
    addIfSaid(digest, "name", message.getName());
    addIfSaid(digest, "tool_calls", message.getToolCalls());
    addIfSaid(digest, "tool_call_id", message.getToolCallId());
  }

  /** Nothing for what is not said, so that ids given before these fields were known stay. */
  private static void addIfSaid(MessageDigest digest, String name, @Nullable String text) {
    if (text != null) {
      digest.update((byte) 0);
      add(digest, name);
      add(digest, text);
    }
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
