package io.alluvium.streams.admit;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.policy.document.PolicyForm;
import io.alluvium.streams.stage.record.RuleContext;
import io.alluvium.streams.stage.verdict.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmitRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final AdmitRules RULES = new AdmitRules(config(20));

  private record Case(AdmitReason reason, TrainingExample.Builder example) {}

  static Stream<Case> refused() {
    return Stream.of(
        new Case(AdmitReason.NO_ID, pair().setId("")),
        new Case(AdmitReason.NO_ID, pair().setId(" \t")),
        new Case(AdmitReason.ID_TOO_LONG, pair().setId("123456789")),
        new Case(AdmitReason.BAD_ADAPTER, pair().setAdapter("")),
        new Case(AdmitReason.BAD_ADAPTER, pair().setAdapter("../etc")),
        new Case(AdmitReason.NO_CONTENT, pair().setPrompt(null).setCompletion(null)),
        new Case(AdmitReason.NO_CONTENT, talk()),
        new Case(AdmitReason.TWO_FORMS, talk("user:a", "assistant:b").setCompletion("c")),
        new Case(AdmitReason.TWO_FORMS, talk("user:a", "assistant:b").setPrompt("c")),
        new Case(AdmitReason.INCOMPLETE_PAIR, pair().setPrompt(null)),
        new Case(AdmitReason.INCOMPLETE_PAIR, pair().setCompletion(null)),
        new Case(AdmitReason.UNKNOWN_ROLE, talk("user:a", "model:b")),
        new Case(AdmitReason.UNKNOWN_ROLE, talk("User:a", "assistant:b")),
        new Case(AdmitReason.ROLE_ORDER, talk("assistant:a")),
        new Case(AdmitReason.ROLE_ORDER, talk("system:a")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "user:b", "assistant:c")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "assistant:b", "user:c")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "system:b", "assistant:c")),
        new Case(AdmitReason.ROLE_ORDER, talk("system:a", "system:b", "user:c", "assistant:d")),
        new Case(AdmitReason.UNKNOWN_ROLE, talk("developer:a", "user:a", "assistant:b")),
        new Case(AdmitReason.UNKNOWN_ROLE, talk("user:a", "calling:b")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "tool:b", "assistant:c")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "assistant+:b", "assistant:c")),
        new Case(
            AdmitReason.ROLE_ORDER,
            talk("user:a", "assistant+:b", "tool:c", "user:d", "assistant:e")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "assistant:b", "tool:c", "tool:d")),
        new Case(AdmitReason.ROLE_ORDER, talk("user:a", "assistant+:b", "tool:c")),
        new Case(AdmitReason.ROLE_ORDER, talk("tool:a", "assistant:b")),
        new Case(AdmitReason.MESSAGE_WEIGHT, weighed(2)),
        new Case(AdmitReason.MESSAGE_WEIGHT, weighed(-1)),
        new Case(AdmitReason.NOTHING_LEARNED, weighed(0)),
        new Case(AdmitReason.BAD_TOOLS, calls("{}")),
        new Case(AdmitReason.BAD_TOOLS, calls("[]")),
        new Case(AdmitReason.BAD_TOOLS, calls("[1]")),
        new Case(AdmitReason.BAD_TOOLS, calls("[{}] x")),
        new Case(AdmitReason.BAD_TOOLS, calls("[".repeat(100_000))),
        new Case(AdmitReason.BAD_TOOLS, calls("")),
        new Case(AdmitReason.BAD_TOOLS, talk("user+:a", "assistant:b")),
        new Case(AdmitReason.BAD_TOOLS, talk("user:a", "assistant:b").setTools("no")),
        new Case(AdmitReason.BAD_TOOLS, pair().setTools("[{}]")),
        new Case(AdmitReason.BAD_TOOLS, answering("user")),
        new Case(AdmitReason.TOO_LONG, talk("user:a", "assistant+:0123456789abcdef")),
        new Case(AdmitReason.TOO_LONG, named("0123456789abcdefghij")),
        new Case(
            AdmitReason.TOO_LONG, talk("user:a", "assistant:b").setTools("[{\"abcdefghijk\":1}]")),
        new Case(AdmitReason.EMPTY_TURN, talk("user: ", "assistant:b")),
        new Case(AdmitReason.EMPTY_RESPONSE, talk("user:a", "assistant: \n")),
        new Case(AdmitReason.EMPTY_RESPONSE, pair().setCompletion("")),
        new Case(AdmitReason.EMPTY_RESPONSE, pair().setCompletion("\u2003\n")),
        new Case(AdmitReason.TOO_LONG, pair().setCompletion("x".repeat(20))),
        new Case(AdmitReason.TOO_LONG, talk("user:" + "a".repeat(11), "assistant:0123456789")),
        new Case(AdmitReason.LABELS_TOO_LONG, pair().setLabels(Map.of("123456", "1234567"))),
        new Case(AdmitReason.LABELS_TOO_LONG, pair().setSource("1234567").setSubject("123456")),
        new Case(AdmitReason.BAD_IMPORTANCE, pair().setImportance(0.0)),
        new Case(AdmitReason.BAD_IMPORTANCE, pair().setImportance(-1.0)),
        new Case(AdmitReason.BAD_IMPORTANCE, pair().setImportance(Double.NaN)),
        new Case(AdmitReason.BAD_IMPORTANCE, pair().setImportance(Double.POSITIVE_INFINITY)),
        new Case(AdmitReason.NO_EVENT_TIME, pair().setEventTime(Instant.EPOCH)),
        new Case(
            AdmitReason.NO_EVENT_TIME, pair().setEventTime(Instant.ofEpochMilli(Long.MIN_VALUE))),
        new Case(
            AdmitReason.EVENT_TIME_IN_SECONDS,
            pair().setEventTime(Instant.ofEpochMilli(NOW.getEpochSecond()))),
        new Case(AdmitReason.EVENT_TIME_IN_SECONDS, pair().setEventTime(Instant.ofEpochMilli(1))),
        new Case(
            AdmitReason.EVENT_TIME_IN_SECONDS,
            pair().setEventTime(Instant.parse("1973-03-03T09:46:39.999Z"))),
        new Case(
            AdmitReason.EVENT_TIME_AHEAD,
            pair().setEventTime(Instant.ofEpochMilli(NOW.toEpochMilli() * 1000))),
        new Case(
            AdmitReason.EVENT_TIME_AHEAD,
            pair().setEventTime(Instant.ofEpochMilli(Long.MAX_VALUE))),
        new Case(AdmitReason.EVENT_TIME_AHEAD, pair().setEventTime(NOW.plusSeconds(3601))));
  }

  static Stream<TrainingExample.Builder> admitted() {
    return Stream.of(
        pair(),
        pair().setPrompt(""),
        pair().setCompletion("x".repeat(19)),
        pair().setCompletion("\ud83d\ude00".repeat(19)),
        pair().setImportance(0.1),
        pair().setEventTime(NOW.plusSeconds(3600)),
        pair().setEventTime(Instant.parse("1973-03-03T09:46:40Z")),
        pair().setLabels(Map.of("123456", "123456")),
        talk("user:a", "assistant:b"),
        talk("user:a", "assistant+:b", "tool:c", "assistant:d"),
        talk("user:a", "assistant+:", "tool:c", "tool:", "assistant+:"),
        talk("user:a", "assistant:b", "tool:c", "assistant:d"),
        talk("system:x", "user:a", "assistant:b", "tool:c", "tool:d", "assistant:e"),
        talk("user:a", "assistant+:b", "user:c", "assistant:d"),
        talk("user:a", "assistant+:b", "tool:c", "assistant:d", "tool:e", "assistant:f"),
        talk("user:a", "assistant+: ", "tool:c", "assistant:d", "user:e", "assistant:f"),
        talk("system:x", "user:a", "assistant:b").setTools("[{}]"),
        named("ann"),
        answering("tool"),
        talk("user:a", "assistant:b", "user:c", "assistant:d")
            .setMessages(
                List.of(
                    Messages.of("user", "a"),
                    Message.newBuilder(Messages.of("assistant", "b")).setWeight(0).build(),
                    Messages.of("user", "c"),
                    Messages.of("assistant", "d"))),
        talk("system: ", "user:a", "assistant:b")
            .setId("s")
            .setMessages(messages("system:x", "user:a", "assistant:b", "user:c", "assistant:d")));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Case given) {
    Optional<Refusal> refusal = RULES.check(given.example().build(), context(NOW));
    assertThat(refusal.map(Refusal::reason)).contains(given.reason());
    assertThat(refusal.orElseThrow().detail()).isNotBlank().doesNotContain("\n");
  }

  @ParameterizedTest
  @MethodSource
  void admitted(TrainingExample.Builder example) {
    assertThat(RULES.check(example.build(), context(NOW))).isEmpty();
  }

  @Test
  void aRecordTimestampAheadIsRefusedToo() {
    assertThat(RULES.check(pair().build(), context(NOW.plusSeconds(3601))).map(Refusal::reason))
        .contains(AdmitReason.RECORD_TIME_AHEAD);
  }

  @Test
  void everyReasonHasACaseHere() {
    assertThat(Stream.concat(refused().map(Case::reason), Stream.of(AdmitReason.RECORD_TIME_AHEAD)))
        .containsAll(Arrays.asList(AdmitReason.values()));
  }

  @Test
  void theDetailNamesValueAndRule() {
    assertThat(RULES.check(pair().setId("123456789").build(), context(NOW)))
        .map(Refusal::detail)
        .contains("id: 9 characters, at most 8 are allowed");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void limitsBelowOneAreNamed(int limit) {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> config(limit)))
        .hasMessage("admit.maxCharacters is " + limit + ", must be at least 1");
  }

  private static AdmitConfig config(int maxCharacters) {
    AdmitConfig texts = StreamsAppConfig.byDefault().admit();
    return new AdmitConfig(
        maxCharacters,
        8,
        12,
        Duration.ofHours(1),
        "[a-z]{1,9}",
        texts.maxTokens(),
        texts.language(),
        texts.quality(),
        texts.secrets(),
        texts.specialTokens(),
        texts.suites());
  }

  private static RuleContext context(Instant recordTime) {
    return new RuleContext(
        NOW.toEpochMilli(),
        recordTime.toEpochMilli(),
        recordTime.toEpochMilli(),
        new RecordOrigin("examples", 0, 0L),
        new PolicyForm(Map.of()).configured());
  }

  private static TrainingExample.Builder pair() {
    return TrainingExample.newBuilder()
        .setId("1")
        .setAdapter("support")
        .setPrompt("p")
        .setCompletion("answer")
        .setEventTime(NOW);
  }

  private static TrainingExample.Builder talk(String... turns) {
    return pair().setPrompt(null).setCompletion(null).setMessages(messages(turns));
  }

  /** A plus behind the role: calls a tool. */
  private static List<Message> messages(String... turns) {
    return Stream.of(turns)
        .map(turn -> turn.split(":", 2))
        .map(
            parts ->
                parts[0].endsWith("+")
                    ? Message.newBuilder(Messages.of(parts[0].replace("+", ""), parts[1]))
                        .setToolCalls("[{}]")
                        .build()
                    : Messages.of(parts[0], parts[1]))
        .toList();
  }

  private static TrainingExample.Builder weighed(int weight) {
    return talk().setMessages(withLast(m -> m.setWeight(weight)));
  }

  private static TrainingExample.Builder calls(String json) {
    return talk().setMessages(withLast(m -> m.setToolCalls(json)));
  }

  private static TrainingExample.Builder named(String name) {
    return talk().setMessages(withLast(m -> m.setName(name)));
  }

  private static List<Message> withLast(UnaryOperator<Message.Builder> change) {
    return List.of(
        Messages.of("user", "a"),
        change.apply(Message.newBuilder(Messages.of("assistant", "b"))).build());
  }

  private static TrainingExample.Builder answering(String role) {
    List<Message> messages = messages("user:a", "assistant+:b", role + ":c", "assistant:d");
    return talk()
        .setMessages(
            messages.stream()
                .map(
                    m ->
                        m.getRole().equals(role) && m.getContent().equals("c")
                            ? Message.newBuilder(m).setToolCallId("c1").build()
                            : m)
                .toList());
  }
}
