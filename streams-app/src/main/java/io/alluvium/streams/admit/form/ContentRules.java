package io.alluvium.streams.admit.form;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.stage.verdict.Refusal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Is there exactly one content, and one with a response to learn? Pure. */
public final class ContentRules {
  private ContentRules() {}

  /** Says no when there is not exactly one content, or nothing in it to learn. */
  public static Optional<Refusal> check(TrainingExample example) {
    List<Message> messages = example.getMessages();
    Optional<Refusal> tools = ToolRules.check(example);
    if (tools.isPresent()) {
      return tools;
    }
    boolean pairSent = example.getPrompt() != null || example.getCompletion() != null;
    if (messages == null || messages.isEmpty()) {
      return pairSent
          ? pair(example.getPrompt(), example.getCompletion())
          : refuse(AdmitReason.NO_CONTENT, "no messages, no prompt, no completion");
    }
    return pairSent
        ? refuse(AdmitReason.TWO_FORMS, messages.size() + " messages beside prompt or completion")
        : TurnRules.check(messages);
  }

  /**
   * What is said, in order, the calls of tools included: the last is the one that is learned. Where
   * an assistant only calls tools, its empty content is left out.
   */
  public static List<String> texts(TrainingExample example) {
    List<Message> messages = example.getMessages();
    List<String> texts = new ArrayList<>(2);
    addIfSent(example.getPrompt(), texts);
    addIfSent(example.getCompletion(), texts);
    if (messages != null) {
      messages.forEach(message -> addTexts(message, texts));
    }
    return texts;
  }

  /** What somebody says, without calls of tools: texts in a language, not in a notation. */
  public static List<String> spoken(TrainingExample example) {
    List<String> texts = new ArrayList<>(2);
    addIfSent(example.getPrompt(), texts);
    addIfSent(example.getCompletion(), texts);
    if (example.getMessages() != null) {
      example.getMessages().forEach(message -> texts.add(message.getContent()));
    }
    return texts;
  }

  /** Everything that a person may have written something into: the tools, then what is said. */
  public static List<String> parts(TrainingExample example) {
    List<String> parts = new ArrayList<>(2);
    addIfSent(example.getTools(), parts);
    parts.addAll(texts(example));
    return parts;
  }

  /**
   * What stands where in {@link #parts}.
   *
   * @param answers places of the answers that are trained, in order; calls are none
   * @param notation places of tools and their calls, which are JSON
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Places(int[] answers, BitSet notation) {}

  /** Which of an example's parts are answers, and which are notation. */
  public static Places places(TrainingExample example) {
    List<Message> messages = example.getMessages();
    BitSet notation = new BitSet();
    if (messages == null || messages.isEmpty()) {
      return new Places(new int[] {1}, notation);
    }
    IntStream.Builder answers = IntStream.builder();
    int place = 0;
    if (example.getTools() != null) {
      notation.set(place++);
    }
    for (Message message : messages) {
      if (message.getToolCalls() != null) {
        notation.set(place++);
      }
      if (hasSaid(message)) {
        if (Messages.learned(message)) {
          answers.add(place);
        }
        place++;
      }
    }
    return new Places(answers.build().toArray(), notation);
  }

  private static void addTexts(Message message, List<String> texts) {
    addIfSent(message.getToolCalls(), texts);
    if (hasSaid(message)) {
      texts.add(message.getContent());
    }
  }

  private static boolean hasSaid(Message message) {
    return message.getToolCalls() == null || !message.getContent().isBlank();
  }

  private static void addIfSent(@Nullable String text, List<String> texts) {
    if (text != null) {
      texts.add(text);
    }
  }

  /**
   * The example with other parts in the places of its own.
   *
   * @param parts as many as {@link #parts} gives
   */
  public static TrainingExample withParts(TrainingExample example, List<String> parts) {
    Iterator<String> next = parts.iterator();
    TrainingExample.Builder changed = TrainingExample.newBuilder(example);
    if (example.getTools() != null) {
      changed.setTools(next.next());
    }
    if (example.getPrompt() != null) {
      changed.setPrompt(next.next());
    }
    if (example.getCompletion() != null) {
      changed.setCompletion(next.next());
    }
    List<Message> messages = example.getMessages();
    if (messages != null) {
      changed.setMessages(messages.stream().map(message -> withTexts(message, next)).toList());
    }
    return changed.build();
  }

  private static Message withTexts(Message message, Iterator<String> next) {
    Message.Builder changed = Message.newBuilder(message);
    if (message.getToolCalls() != null) {
      changed.setToolCalls(next.next());
    }
    if (hasSaid(message)) {
      changed.setContent(next.next());
    }
    return changed.build();
  }

  private static Optional<Refusal> pair(@Nullable String prompt, @Nullable String completion) {
    if (prompt == null || completion == null) {
      return refuse(
          AdmitReason.INCOMPLETE_PAIR, (prompt == null ? "prompt" : "completion") + " is missing");
    }
    return completion.isBlank()
        ? refuse(AdmitReason.EMPTY_RESPONSE, "completion is empty or blank")
        : Optional.empty();
  }

  private static Optional<Refusal> refuse(AdmitReason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}
