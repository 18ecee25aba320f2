package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.Message;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.suite.ItemGrams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            new Message("user", "I am ann@example.org"), new Message("assistant", "Hello, Ann"));
    rig.produce(
        Rig.example("1", "").setPrompt(null).setCompletion(null).setMessages(messages).build());
    assertThat(rig.accepted().get(0).getMessages())
        .containsExactly(
            new Message("user", "I am [EMAIL]"), new Message("assistant", "Hello, Ann"));
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
