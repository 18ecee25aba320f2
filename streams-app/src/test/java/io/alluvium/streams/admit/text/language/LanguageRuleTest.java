package io.alluvium.streams.admit.text.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LanguageRuleTest {
  private static final String ENGLISH =
      "Open the cover, take out the sheet that is stuck, and close it again.";
  private static final String GERMAN =
      "Öffnen Sie die Klappe, nehmen Sie das Blatt heraus und schließen Sie sie wieder.";

  private final LanguageRule english = rule("eng");

  @Test
  void anAllowedLanguagePasses() {
    assertThat(english.check(ENGLISH)).isEmpty();
    assertThat(rule("eng", "deu").check(GERMAN)).isEmpty();
  }

  @Test
  void anotherLanguageIsNamedWithWhatSpeaksForIt() {
    assertThat(english.check(GERMAN)).get().asString().startsWith("looks like deu (0.");
  }

  @Test
  void whatIsTooShortOrNoLanguageAtAllPasses() {
    assertThat(english.check("Guten Tag")).isEmpty();
    assertThat(english.check("xk-42 -> 17, 18, 19; qz-7 -> 20, 21, 22; vv-1 -> 3")).isEmpty();
  }

  @Test
  void withoutAnyLanguageNothingIsDetected() {
    assertThat(rule().check(GERMAN)).isEmpty();
  }

  private static LanguageRule rule(String... allowed) {
    return new LanguageRule(new LanguageConfig(List.of(allowed), 200, 40, 2.0));
  }
}
