package io.alluvium.streams.dedup.exact;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 128 bits that stand for an id, a text or a question of an adapter: the first half of SHA-256, so
 * that nobody can make an example that pushes out another's. Pure.
 *
 * @param high first 64 bits
 * @param low next 64 bits
 */
public record Fingerprint(long high, long low) {
  /** Of one. */
  public static final int BYTES = 2 * Long.BYTES;

  /** Tells the name of a field from a role. */
  private static final String MARK = "\0";

  private static final int FIRST_BYTES = 4096;

  /** What one long text needed is not kept for ever. */
  private static final int MOST_BYTES = 1 << 20;

  private static final ThreadLocal<Page> PAGES = ThreadLocal.withInitial(Page::new);

  /** Of the id, within its adapter. */
  public static Fingerprint ofId(TrainingExample example) {
    return of(List.of("id", example.getAdapter(), example.getId()));
  }

  /**
   * Of the normal text, within its adapter; the form (pair or messages), the roles, what is learned
   * of it and the tools count.
   */
  public static Fingerprint ofText(TrainingExample example) {
    List<String> parts = new ArrayList<>();
    parts.add("text");
    parts.add(example.getAdapter());
    addTexts(parts, example);
    return of(parts);
  }

  /**
   * Of what is asked: every turn before the answer, in normal text, within its adapter. A prompt is
   * what a user says, so a pair and a conversation of one turn ask the same.
   *
   * @return empty where nothing is asked, as in a text without prompt
   */
  public static Optional<Fingerprint> ofQuestion(TrainingExample example) {
    List<String> asked = asked(example);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>(List.of("question", example.getAdapter()));
    parts.addAll(asked);
    return Optional.of(of(parts));
  }

  private static List<String> asked(TrainingExample example) {
    List<Message> messages = example.getMessages();
    if (messages == null || messages.isEmpty()) {
      String prompt = normal(example.getPrompt());
      return prompt.isEmpty() ? List.of() : List.of("user", prompt);
    }
    List<String> parts = new ArrayList<>();
    addIfSaid(parts, "tools", example.getTools());
    messages.subList(0, messages.size() - 1).forEach(message -> addTurn(parts, message));
    return parts;
  }

  /** As it lies in stores. */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  /** The inverse of {@link #toBytes}. */
  public static Fingerprint of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Fingerprint(buffer.getLong(), buffer.getLong());
  }

  private static void addTexts(List<String> parts, TrainingExample example) {
    List<Message> messages = example.getMessages();
    if (messages == null || messages.isEmpty()) {
      parts.add("pair");
      parts.add(normal(example.getPrompt()));
      parts.add(normal(example.getCompletion()));
      return;
    }
    addIfSaid(parts, "tools", example.getTools());
    for (Message message : messages) {
      addTurn(parts, message);
      if (message.getWeight() == 0) {
        parts.add(MARK + "weight");
      }
    }
  }

  private static void addTurn(List<String> parts, Message message) {
    parts.add(message.getRole());
    parts.add(normal(message.getContent()));
    addIfSaid(parts, "name", message.getName());
    addIfSaid(parts, "toolCalls", message.getToolCalls());
    addIfSaid(parts, "toolCallId", message.getToolCallId());
  }

  /** Nothing for what is not said, so that stores of builds that knew no such field stay right. */
  private static void addIfSaid(List<String> parts, String field, @Nullable String text) {
    if (text != null) {
      parts.add(MARK + field);
      parts.add(normal(text));
    }
  }

  private static String normal(@Nullable String text) {
    return text == null ? "" : NormalText.of(text);
  }

  private static Fingerprint of(List<String> parts) {
    Page page = PAGES.get();
    for (String part : parts) {
      page.add(part.getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer hash = ByteBuffer.wrap(page.digested());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  /** Each part with its length before it, so that no two lists of parts look alike. */
  private static final class Page {
    /** Looking for it among all providers takes longer than a short text. */
    private final MessageDigest digest = sha256();

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;

    void add(byte[] part) {
      int end = size + Integer.BYTES + part.length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * end);
      }
      ByteBuffer.wrap(bytes).position(size).putInt(part.length).put(part);
      size = end;
    }

    /** Of all that was added, which is forgotten. */
    byte[] digested() {
      digest.update(bytes, 0, size);
      size = 0;
      if (bytes.length > MOST_BYTES) {
        bytes = new byte[FIRST_BYTES];
      }
      return digest.digest();
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
