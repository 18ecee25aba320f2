package io.alluvium.streams.admit.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextProfilePropertyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Restart the printer.       | 6
          error 1234567              | 5
          a+b                        | 3
          привет                     | 2
          你好                        | 2
          """)
  void tokensAreEstimated(String text, int tokens) {
    assertThat(TextProfile.of(text).tokens()).isEqualTo(tokens);
  }

  @Property
  void charactersAreCodePoints(@ForAll String text) {
    assertThat(TextProfile.of(text.replaceAll("[\\ud800-\\udfff]", "")).characters())
        .isEqualTo(text.replaceAll("[\\ud800-\\udfff]", "").length());
    assertThat(TextProfile.of("\ud83d\ude00" + "a").characters()).isEqualTo(2);
  }

  @Property
  void symbolsAreAShareOfWhatIsVisible(@ForAll String text) {
    TextProfile profile = TextProfile.of(text);
    assertThat(profile.symbolShare()).isBetween(0.0, 1.0);
    assertThat(profile.longestRun()).isBetween(0, Math.max(0, profile.visible()));
  }

  @ParameterizedTest
  @CsvSource({"aaab, 3", "a a a, 1", "....ab.., 4", "'', 0"})
  void theLongestRunIsFound(String text, int run) {
    assertThat(TextProfile.of(text).longestRun()).isEqualTo(run);
  }
}
