package io.alluvium.streams.admit;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.fate.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is there exactly one content, and one with a response to learn? Pure. */
public final class ContentRules {
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";
  private static final Set<String> ROLES = Set.of(SYSTEM, USER, ASSISTANT);

  private ContentRules() {}

  static Optional<Refusal> check(TrainingExample example) {
    List<Message> messages = example.getMessages();
    boolean pairSent = example.getPrompt() != null || example.getCompletion() != null;
    if (messages == null || messages.isEmpty()) {
      return pairSent
          ? pair(example.getPrompt(), example.getCompletion())
          : refuse(AdmitReason.NO_CONTENT, "no messages, no prompt, no completion");
    }
    return pairSent
        ? refuse(AdmitReason.TWO_FORMS, messages.size() + " messages beside prompt or completion")
        : conversation(messages);
  }

  /** Every text of an example, in order: the last is the one that is learned. */
  public static List<String> texts(TrainingExample example) {
    List<Message> messages = example.getMessages();
    List<String> texts = new ArrayList<>(2);
    if (example.getPrompt() != null) {
      texts.add(example.getPrompt());
    }
    if (example.getCompletion() != null) {
      texts.add(example.getCompletion());
    }
    if (messages != null) {
      messages.forEach(message -> texts.add(message.getContent()));
    }
    return texts;
  }

  /** The example with other texts in the places of its own. */
  static TrainingExample withTexts(TrainingExample example, List<String> texts) {
    List<Message> messages = example.getMessages();
    if (messages == null || messages.isEmpty()) {
      return TrainingExample.newBuilder(example)
          .setPrompt(texts.get(0))
          .setCompletion(texts.get(1))
          .build();
    }
    List<Message> changed =
        IntStream.range(0, messages.size())
            .mapToObj(i -> new Message(messages.get(i).getRole(), texts.get(i)))
            .toList();
    return TrainingExample.newBuilder(example).setMessages(changed).build();
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

  private static Optional<Refusal> conversation(List<Message> messages) {
    return Stream.of(unknownRole(messages), roleOrder(messages), emptyTurn(messages))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> unknownRole(List<Message> messages) {
    return messages.stream()
        .map(Message::getRole)
        .filter(role -> !ROLES.contains(role))
        .map(role -> new Refusal(AdmitReason.UNKNOWN_ROLE, "role is \"" + role + "\""))
        .findFirst();
  }

  private static Optional<Refusal> roleOrder(List<Message> messages) {
    List<String> turns =
        messages.stream()
            .map(Message::getRole)
            .skip(messages.get(0).getRole().equals(SYSTEM) ? 1 : 0)
            .toList();
    boolean inTurn =
        IntStream.range(0, turns.size())
            .allMatch(i -> turns.get(i).equals(i % 2 == 0 ? USER : ASSISTANT));
    return inTurn && !turns.isEmpty() && turns.size() % 2 == 0
        ? Optional.empty()
        : refuse(AdmitReason.ROLE_ORDER, "roles are " + shown(messages));
  }

  private static Optional<Refusal> emptyTurn(List<Message> messages) {
    int last = messages.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> messages.get(i).getContent().isBlank())
        .mapToObj(
            i ->
                new Refusal(
                    i == last ? AdmitReason.EMPTY_RESPONSE : AdmitReason.EMPTY_TURN,
                    "message %d of %d is empty or blank".formatted(i + 1, messages.size())))
        .findFirst();
  }

  private static String shown(List<Message> messages) {
    int most = 12;
    String roles = String.join(", ", messages.stream().limit(most).map(Message::getRole).toList());
    return messages.size() > most ? roles + ", …" : roles;
  }

  private static Optional<Refusal> refuse(AdmitReason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}
