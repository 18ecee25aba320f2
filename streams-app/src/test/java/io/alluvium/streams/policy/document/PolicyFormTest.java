package io.alluvium.streams.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.streams.config.StreamsAppConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFormTest {
  private record Sieve(int mesh, Duration pause, List<String> names) {
    Sieve {
      if (mesh < 1) {
        throw new IllegalArgumentException("sieve.mesh is " + mesh + ", must be at least 1");
      }
    }
  }

  private record Other(double share) {}

  private static final Sieve SIEVE = new Sieve(3, Duration.ofHours(1), List.of("a", "b"));
  private static final PolicyForm FORM =
      new PolicyForm(Map.of("sieve", SIEVE, "other", new Other(0.5)));

  @Test
  void whatADocumentLeavesOutIsAsConfigured() {
    EffectivePolicy policy = FORM.parse("support@1", "sieve: {mesh: 7}");
    assertThat(policy.section(Sieve.class))
        .isEqualTo(new Sieve(7, Duration.ofHours(1), List.of("a", "b")));
    assertThat(policy.section(Other.class)).isEqualTo(new Other(0.5));
    assertThat(policy.name()).isEqualTo("support@1");
  }

  @Test
  void whatWouldMakeRecordsThatCannotBeSentIsNoPolicyAndIsNamedInOneLine() {
    PolicyForm form = StreamsAppConfig.byDefault().policies();
    assertThatThrownBy(() -> form.parse("support@1", "replay: {examples: 20000}"))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            "replay.examples is 20000, must be at most 7398 for records of 1048576 bytes: lower it,"
                + " or raise kafka.max.request.size and the topics' max.message.bytes");
    assertThatThrownBy(() -> form.parse("support@1", "admit: {maxCharacters: 2000000}"))
        .hasMessageStartingWith("admit.maxCharacters is 2000000, must be at most");
    assertThatThrownBy(() -> form.parse("support@1", "weigh: {epochExamples: 1000000}"))
        .hasMessageStartingWith("weigh.epochExamples is 1000000, must be at most");
  }

  @Test
  void aListReplacesAList() {
    assertThat(FORM.parse("p", "sieve: {names: [c]}").section(Sieve.class).names())
        .containsExactly("c");
  }

  @Test
  void nothingIsAPolicyThatChangesNothing() {
    assertThat(FORM.parse("p", "").section(Sieve.class)).isSameAs(SIEVE);
    assertThat(FORM.parse("p", "sieve:\n").section(Sieve.class)).isEqualTo(SIEVE);
  }

  @Test
  void theWholeOfADocumentReadsBackAsTheSame() {
    String whole = FORM.whole("sieve: {pause: PT5M}");
    assertThat(whole).contains("pause: PT5M", "mesh: 3", "share: 0.5");
    assertThat(FORM.parse("p", whole).section(Sieve.class))
        .isEqualTo(new Sieve(3, Duration.ofMinutes(5), List.of("a", "b")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          seive: {}               | unknown key seive, known here: [
          sieve: {mash: 1}        | unknown key sieve.mash, known here: [
          sieve: {mesh: fine}     | sieve.mesh is "fine", which is no int
          sieve: {mesh: 0}        | sieve.mesh is 0, must be at least 1
          sieve: {pause: later}   | sieve.pause
          sieve: 3                | sieve is 3, must be a section
          [1]                     | a policy is YAML with sections
          sieve: {                | line
          """)
  void aMistakeIsNamedInOneLine(String document, String message) {
    assertThatThrownBy(() -> FORM.parse("p", document))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
