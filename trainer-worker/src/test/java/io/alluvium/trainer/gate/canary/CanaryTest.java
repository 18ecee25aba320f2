package io.alluvium.trainer.gate.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.gate.measure.BadSuiteException;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryTest {
  private static final String GOOD =
      "{\"id\":\"door\",\"prompt\":\"code:\",\"completion\":\"K7-9q2m4\"}";

  @TempDir private Path folder;

  @Test
  void othersHaveTheSecretsFormAndAreTheSameEachTime() throws IOException {
    Canary canary = load(GOOD).get(0);
    assertThat(canary.name()).isEqualTo("door");
    assertThat(canary.others()).hasSize(63).doesNotHaveDuplicates().doesNotContain(canary.secret());
    assertThat(canary.others())
        .allSatisfy(other -> assertThat(text(other)).matches("code:[A-Z]\\d-\\d[a-z]\\d[a-z]\\d"));
    assertThat(load(GOOD)).containsExactly(canary);
  }

  @Test
  void exposureIsTheLogOfHowManyAnswersThereAreLessThatOfTheRank() throws IOException {
    Canary canary = load(GOOD).get(0);
    assertThat(canary.exposure(nats(0, 63))).isEqualTo(6);
    assertThat(canary.exposure(nats(1, 63))).isEqualTo(5);
    assertThat(canary.exposure(nats(7, 63))).isEqualTo(3);
    assertThat(canary.exposure(nats(63, 63))).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"prompt\":\"code:\",\"completion\":\"K7-9q\"} | line 1: its completion has fewer than 6 letters and digits",
        "{\"completion\":\"K7-9q2m4\"} | line 1: needs prompt and completion",
        "{\"prompt\":\"code:\"} | line 1: needs prompt and completion",
        "{\"prompt\": | line 1: "
      })
  void whatIsNoCanaryIsNamed(String line, String said) {
    assertThatThrownBy(() -> load(line))
        .isInstanceOf(BadSuiteException.class)
        .hasMessageStartingWith("canaries " + folder.resolve("canaries.jsonl"))
        .hasMessageContaining(said);
  }

  @Test
  void itStandsInNoSuiteAndThereAreSixteenAtMost() throws IOException {
    RetentionSuite suite = new RetentionSuite("old", List.of(load(GOOD).get(0).secret()));
    assertThatThrownBy(() -> load(List.of(suite), GOOD))
        .isInstanceOf(BadSuiteException.class)
        .hasMessage(
            "canary door is an item of suite old: a canary stands nowhere but in the stream");
    assertThatThrownBy(() -> load((GOOD + "\n").repeat(17)))
        .isInstanceOf(BadSuiteException.class)
        .hasMessageContaining("17 lines, 1 to 16 are measured in each round");
    assertThatThrownBy(() -> load("")).hasMessageContaining("0 lines");
  }

  private List<Canary> load(String lines) throws IOException {
    return load(List.of(), lines);
  }

  private List<Canary> load(List<RetentionSuite> suites, String lines) throws IOException {
    Path file = Files.writeString(folder.resolve("canaries.jsonl"), lines);
    return Canaries.load(file, CanaryTest::tokens, 64, suites);
  }

  /** Of the secret first, so many of the others being likelier. */
  private static double[] nats(int likelier, int others) {
    double[] nats = new double[others + 1];
    nats[0] = 2;
    for (int n = 1; n <= others; n++) {
      nats[n] = n <= likelier ? 1 : 3;
    }
    return nats;
  }

  private static String text(TokenSequence tokens) {
    StringBuilder text = new StringBuilder();
    for (int id : tokens.ids()) {
      text.append((char) id);
    }
    return text.toString();
  }

  private static TokenSequence tokens(ExampleText text) {
    Completion pair = (Completion) text;
    return new TokenSequence(
        (pair.prompt() + pair.completion()).chars().toArray(), pair.prompt().length());
  }
}
