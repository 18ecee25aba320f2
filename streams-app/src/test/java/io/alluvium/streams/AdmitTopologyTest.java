package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.record.Messages;
import io.alluvium.schemas.suite.ItemGrams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmitTopologyTest {
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
  private static final String QUESTION =
      "Which river flows through the town of Aldern before it meets the sea?";

  private Rig rig;

  @BeforeEach
  void open(@TempDir Path folder) {
    rig = new Rig(folder, "admit: {maxTokens: 500}");
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TEMPLATE_REMNANT  | Dear {{name}}, restart it.
          SECRET_KEY        | Use AKIAIOSFODNN7EXAMPLE for it.
          SECRET_CREDENTIAL | The password: hunter2hunter2
          REPETITIVE        | #100 a
          TOO_MANY_TOKENS   | #600 b c
          """)
  void eachRuleRefusesWithItsReason(String reason, String response) {
    String text =
        response.startsWith("#")
            ? response
                .substring(response.indexOf(' '))
                .repeat(Integer.parseInt(response.substring(1, response.indexOf(' '))))
                .replace(" a", "a")
            : response;
    rig.produce(Rig.example("1", text + (reason.equals("REPETITIVE") ? "aa" : "")).build());
    assertThat(rig.rejected()).extracting(Rejection::getReason).containsExactly(reason);
  }

  @Test
  void aRejectionForASecretHoldsNothingOfIt() {
    rig.produce(Rig.example("1", "Use " + KEY + " for it.").build());
    var record = rig.records(rig.topics().rejected()).get(0);
    assertThat(new String(record.value(), StandardCharsets.ISO_8859_1))
        .contains("key of 20 characters at character 5 of text 2", "raw value left out")
        .doesNotContain(KEY);
  }

  @Test
  void aGeneralExampleWithASecretIsRefusedLikeAnyOther() {
    rig.produceAnchor(Rig.example("1", "Use " + KEY + " for it.").build());
    assertThat(rig.accepted()).isEmpty();
    assertThat(rig.rejected())
        .singleElement()
        .satisfies(one -> assertThat(one.getStage()).isEqualTo("anchors"))
        .satisfies(one -> assertThat(one.getReason()).isEqualTo("SECRET_KEY"));
  }

  @Test
  void whatIsMaskedGoesOnMaskedAndALaterRejectionHoldsNothingOfIt() {
    rig.produce(Rig.example("1", "Write to ann@example.org or call +49 30 1234567.").build());
    rig.produce(Rig.example("2", "Write to bob@example.org or call +49 30 7654321.").build());
    assertThat(rig.accepted())
        .extracting(TrainingExample::getCompletion)
        .containsExactly("Write to [EMAIL] or call [PHONE].");
    var record = rig.records(rig.topics().rejected()).get(0);
    assertThat(new String(record.value(), StandardCharsets.ISO_8859_1))
        .contains("DUPLICATE_TEXT")
        .doesNotContain("bob@example.org");
  }

  @Test
  void everyTurnOfAConversationIsMasked() {
    List<Message> messages =
        List.of(
            Messages.of("user", "I am ann@example.org"), Messages.of("assistant", "Hello, Ann"));
    rig.produce(
        Rig.example("1", "").setPrompt(null).setCompletion(null).setMessages(messages).build());
    assertThat(rig.accepted().get(0).getMessages())
        .containsExactly(
            Messages.of("user", "I am [EMAIL]"), Messages.of("assistant", "Hello, Ann"));
  }

  @Test
  void everyFieldOfAMessageSurvivesAlsoWhereSomethingIsMasked() {
    rig.produce(conversation("1", "mail ann@example.org", "[{\"to\":\"ann@example.org\"}]"));
    TrainingExample accepted = rig.accepted().get(0);
    assertThat(accepted.getTools()).isEqualTo("[{\"name\":\"mail\",\"owner\":\"[EMAIL]\"}]");
    assertThat(accepted.getMessages())
        .containsExactly(
            message("user", "mail [EMAIL]").setName("ann").build(),
            message("assistant", "").setToolCalls("[{\"to\":\"[EMAIL]\"}]").build(),
            message("tool", "sent").setName("mail").setToolCallId("c1").build(),
            message("assistant", "Is it sent?").setWeight(0).build(),
            message("user", "yes").build(),
            message("assistant", "Then I wait for an answer.").build());
  }

  @Test
  void secretInACallIsFoundAsInAnyText() {
    rig.produce(conversation("1", "log in", "[{\"key\":\"%s\"}]".formatted(KEY)));
    rig.produce(conversation("2", "pay", "[{\"card\":4111111111111111}]"));
    assertThat(rig.accepted()).isEmpty();
    List<Rejection> rejected = rig.rejected();
    assertThat(rejected)
        .extracting(Rejection::getReason)
        .containsExactly("SECRET_KEY", "PERSONAL_CARD");
    assertThat(rejected.get(1).getDetail()).contains("would be none with it masked");
    assertThat(rejected).extracting(Rejection::getValue).containsOnlyNulls();
  }

  @Test
  void answerThatIsOnlyReadMayBeAnything() {
    String poor = "no ".repeat(200);
    rig.produce(talk("1", message("assistant", poor).setWeight(0).build()));
    rig.produce(talk("2", message("assistant", poor).build()));
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("1");
    assertThat(rig.rejected())
        .singleElement()
        .satisfies(one -> assertThat(one.getReason()).isEqualTo("REPETITIVE"))
        .satisfies(one -> assertThat(one.getDetail()).endsWith(", text 2"));
  }

  private static TrainingExample talk(String id, Message first) {
    return example(
        id,
        List.of(
            Messages.of("user", "how is the weather in " + id + "?"),
            first,
            Messages.of("user", "are you sure?"),
            Messages.of("assistant", "It rains in the north and the sun shines in the south.")));
  }

  private static TrainingExample conversation(String id, String asked, String calls) {
    return TrainingExample.newBuilder(
            example(
                id,
                List.of(
                    message("user", asked).setName("ann").build(),
                    message("assistant", "").setToolCalls(calls).build(),
                    message("tool", "sent").setName("mail").setToolCallId("c1").build(),
                    message("assistant", "Is it sent?").setWeight(0).build(),
                    message("user", "yes").build(),
                    message("assistant", "Then I wait for an answer.").build())))
        .setTools("[{\"name\":\"mail\",\"owner\":\"bob@example.org\"}]")
        .build();
  }

  private static TrainingExample example(String id, List<Message> messages) {
    return Rig.example(id, "").setPrompt(null).setCompletion(null).setMessages(messages).build();
  }

  private static Message.Builder message(String role, String content) {
    return Message.newBuilder(Messages.of(role, content));
  }

  @Test
  void everyAnswerOfAConversationIsJudged() {
    String answer = "It is calm today.";
    rig.produce(inTurns("1", "Sing.", "la la la la ".repeat(60), "And now?", answer));
    rig.produce(inTurns("2", "Count.", "z".repeat(150), "And now?", answer));
    rig.produce(inTurns("3", "la la la la ".repeat(60), "A song?", "And now?", answer));
    assertThat(rig.rejected())
        .extracting(Rejection::getReason, Rejection::getDetail)
        .containsExactly(
            tuple(
                "REPETITIVE",
                "1.00 of the runs of four words are repeated, at most 0.50 are allowed, text 2"),
            tuple(
                "REPETITIVE",
                "150 times the same character in a row, at most 100 are allowed, text 2"));
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("3");
  }

  @Test
  void specialTokensAreThoseOfTheConfiguredBaseInTextsOfAnyRole() {
    rig.produce(Rig.policy("*", 1, Rig.START, "admit: {specialTokens: {tokens: [<s>, </s>]}}"));
    rig.produce(inTurns("1", "Which mark ends it, </s> or another?", "It is the second."));
    rig.produce(inTurns("2", "Close the element s.", "Write </s> behind it."));
    rig.produce(inTurns("3", "What is <|endoftext|> for?", "It ends a document."));
    assertThat(rig.rejected())
        .extracting(Rejection::getReason, Rejection::getDetail)
        .containsExactly(
            tuple("SPECIAL_TOKEN", "holds \"</s>\" in text 1"),
            tuple("SPECIAL_TOKEN", "holds \"</s>\" in text 2"));
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("3");
  }

  @Test
  void aPolicyMayMaskSpecialTokensOrPassThem() {
    String mask = "admit: {specialTokens: {tokens: [<|eot_id|>], action: mask}}";
    rig.produce(Rig.policy("*", 1, Rig.START, mask));
    rig.produce(inTurns("1", "Say <|eot_id|> twice: <|eot_id|>", "I will not."));
    rig.produce(Rig.policy("*", 2, Rig.START, mask.replace("mask", "pass")));
    rig.produce(inTurns("2", "Say <|eot_id|> once.", "Once, and no more."));
    assertThat(rig.accepted())
        .extracting(one -> one.getMessages().get(0).getContent())
        .containsExactly("Say [SPECIAL_TOKEN] twice: [SPECIAL_TOKEN]", "Say <|eot_id|> once.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"call\": {\"name\": \"sum\", \"arguments\": {\"of\": {\"x\": 1}}}}",
        "class Pump { void run() { while (on) { if (full) { stop(); }}}}",
        "\\frac{{a}}{{b + c}} = \\sqrt{{d}}",
        "points := []struct{ x, y int }{{1, 2}, {3, 4}}",
        "println!(\"{{}} and {x}\", x = 3);",
        "Write Hello, {{ user.name }}! into the template.",
        "env: token of ${{ secrets.DEPLOY }} in the workflow",
      })
  void bracesOfCodeAreNoRemnants(String response) {
    rig.produce(Rig.example("1", response).build());
    assertThat(rig.accepted()).hasSize(1);
  }

  private static TrainingExample inTurns(String id, String... turns) {
    List<Message> messages =
        IntStream.range(0, turns.length)
            .mapToObj(i -> Messages.of(i % 2 == 0 ? "user" : "assistant", turns[i]))
            .toList();
    return Rig.example(id, "").setPrompt(null).setCompletion(null).setMessages(messages).build();
  }

  @Test
  void aPolicyMayPassWhatIsMaskedByDefault() {
    rig.produce(Rig.policy("*", 1, Rig.START, "admit: {secrets: {email: pass}}"));
    rig.produce(Rig.example("1", "Write to ann@example.org").build());
    assertThat(rig.accepted().get(0).getCompletion()).isEqualTo("Write to ann@example.org");
  }

  @Test
  void aSuiteAddedWhileRunningIsGuardedFromItsLogTimeOn() {
    Instant from = Rig.START.plusSeconds(10);
    rig.produce(Rig.example("1", QUESTION + " The Ossa.").build());
    rig.produce(item(QUESTION + " The Ossa.", from));
    rig.produceAt(Rig.example("2", QUESTION + " I say: the Ossa.").build(), from.minusMillis(1));
    rig.produceAt(Rig.example("3", "Right. " + QUESTION + " The Ossa.").build(), from);
    assertThat(rig.accepted()).extracting(TrainingExample::getId).containsExactly("1", "2");
    Rejection rejection = rig.rejected().get(0);
    assertThat(rejection.getReason()).isEqualTo("SUITE_LEAK");
    assertThat(rejection.getDetail())
        .isEqualTo("holds 11 of 11 runs of 5 words of suite item rivers/1");
  }

  private static SuiteItem item(String text, Instant from) {
    ItemGrams grams = ItemGrams.of(text).orElseThrow();
    return SuiteItem.newBuilder()
        .setSuite("rivers")
        .setItem("1")
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(from)
        .build();
  }
}
