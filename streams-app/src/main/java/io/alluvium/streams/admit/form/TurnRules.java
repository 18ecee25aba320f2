package io.alluvium.streams.admit.form;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.record.Messages;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.stage.verdict.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who speaks when, whether something is said, and whether something of it is learned. Pure. */
final class TurnRules {
  private static final String SYSTEM = "system";
  private static final String USER = "user";
  private static final String ASSISTANT = "assistant";
  private static final String TOOL = "tool";

  /**
   * Who may speak after whom; the key of the beginning is the system's. An assistant may call tools
   * in its text as well as in its calls, and templates without a turn for tools carry answers in a
   * user's: so either answers it, tools one after the other.
   */
  private static final Map<String, Set<String>> AFTER =
      Map.of(
          SYSTEM, Set.of(USER),
          USER, Set.of(ASSISTANT),
          ASSISTANT, Set.of(USER, TOOL),
          TOOL, Set.of(TOOL, ASSISTANT));

  private TurnRules() {}

  /** The first refusal of a conversation of at least one message. */
  static Optional<Refusal> check(List<Message> messages) {
    return Stream.of(
            unknownRole(messages),
            weight(messages),
            roleOrder(messages),
            emptyTurn(messages),
            nothingLearned(messages))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Refusal> unknownRole(List<Message> messages) {
    return messages.stream()
        .map(Message::getRole)
        .filter(role -> !AFTER.containsKey(role))
        .map(role -> new Refusal(AdmitReason.UNKNOWN_ROLE, "role is \"" + role + "\""))
        .findFirst();
  }

  private static Optional<Refusal> weight(List<Message> messages) {
    return messages.stream()
        .map(Message::getWeight)
        .filter(weight -> weight != 0 && weight != 1)
        .map(weight -> new Refusal(AdmitReason.MESSAGE_WEIGHT, "weight is " + weight))
        .findFirst();
  }

  private static Optional<Refusal> roleOrder(List<Message> messages) {
    String before = SYSTEM;
    int first = messages.get(0).getRole().equals(SYSTEM) ? 1 : 0;
    for (Message message : messages.subList(first, messages.size())) {
      String now = message.getRole();
      if (!AFTER.getOrDefault(before, Set.of()).contains(now)) {
        return refuse(AdmitReason.ROLE_ORDER, "roles are " + shown(messages));
      }
      before = now;
    }
    return before.equals(ASSISTANT)
        ? Optional.empty()
        : refuse(AdmitReason.ROLE_ORDER, "roles are " + shown(messages));
  }

  private static Optional<Refusal> emptyTurn(List<Message> messages) {
    int last = messages.size() - 1;
    return IntStream.rangeClosed(0, last)
        .filter(i -> isEmpty(messages.get(i)))
        .mapToObj(
            i ->
                new Refusal(
                    i == last ? AdmitReason.EMPTY_RESPONSE : AdmitReason.EMPTY_TURN,
                    "message %d of %d is empty or blank".formatted(i + 1, messages.size())))
        .findFirst();
  }

  /** A tool may have nothing to say, and who calls one need not say more. */
  private static boolean isEmpty(Message message) {
    return message.getContent().isBlank()
        && message.getToolCalls() == null
        && !message.getRole().equals(TOOL);
  }

  private static Optional<Refusal> nothingLearned(List<Message> messages) {
    return messages.stream().anyMatch(Messages::learned)
        ? Optional.empty()
        : refuse(AdmitReason.NOTHING_LEARNED, "every assistant message has weight 0");
  }

  private static String shown(List<Message> messages) {
    int most = 12;
    String roles =
        String.join(", ", messages.stream().limit(most).map(TurnRules::shownRole).toList());
    return messages.size() > most ? roles + ", …" : roles;
  }

  private static String shownRole(Message message) {
    return message.getRole() + (message.getToolCalls() == null ? "" : " (calls tools)");
  }

  private static Optional<Refusal> refuse(AdmitReason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}
