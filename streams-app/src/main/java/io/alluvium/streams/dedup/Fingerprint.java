package io.alluvium.streams.dedup;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * 128 bits that stand for an id or a text of an adapter: the first half of SHA-256, so that nobody
 * can make an example that pushes out another's. Pure.
 *
 * @param high first 64 bits
 * @param low next 64 bits
 */
record Fingerprint(long high, long low) {
  static final int BYTES = 2 * Long.BYTES;

  /** Of the id, within its adapter. */
  static Fingerprint ofId(TrainingExample example) {
    return of(Stream.of("id", example.getAdapter(), example.getId()));
  }

  /** Of the normal text, within its adapter; the form (pair or messages) and the roles count. */
  static Fingerprint ofText(TrainingExample example) {
    return of(Stream.concat(Stream.of("text", example.getAdapter()), texts(example)));
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  private static Stream<String> texts(TrainingExample example) {
    List<Message> messages = example.getMessages();
    return messages == null || messages.isEmpty()
        ? Stream.of("pair", normal(example.getPrompt()), normal(example.getCompletion()))
        : messages.stream()
            .flatMap(message -> Stream.of(message.getRole(), normal(message.getContent())));
  }

  private static String normal(@Nullable String text) {
    return text == null ? "" : NormalText.of(text);
  }

  /** Each part with its length before it, so that no two lists of parts look alike. */
  private static Fingerprint of(Stream<String> parts) {
    MessageDigest digest = sha256();
    parts
        .map(part -> part.getBytes(StandardCharsets.UTF_8))
        .forEach(
            part -> {
              digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
              digest.update(part);
            });
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
