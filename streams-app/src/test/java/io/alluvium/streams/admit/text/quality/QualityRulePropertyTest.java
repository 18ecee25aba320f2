package io.alluvium.streams.admit.text.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.streams.admit.text.SignTexts;
import io.alluvium.streams.admit.text.TextProfile;
import io.alluvium.streams.admit.text.quality.QualityRule.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QualityRulePropertyTest {
  private static final QualityConfig CONFIG =
      new QualityConfig(40, 20, 0.5, 0.5, 0.1, List.of("{{"), false);
  private static final String PROSE =
      "Open the cover, take out the sheet that is stuck, close it again and press the green button twice.";

  private final QualityRule quality = new QualityRule(CONFIG);

  @Provide
  Arbitrary<List<String>> fewWords() {
    return Arbitraries.of("a", "b", "c").list().ofMaxSize(120);
  }

  /** The slow way: a set of strings. */
  @Property
  void repeatedRunsAreCountedAsASetWould(@ForAll("fewWords") List<String> words) {
    Set<String> seen = new HashSet<>();
    int repeated = 0;
    int runs = Math.max(0, words.size() - 3);
    for (int i = 0; i < runs; i++) {
      repeated += seen.add(String.join(" ", words.subList(i, i + 4))) ? 0 : 1;
    }
    assertThat(quality.repeatedShare(String.join(" ", words)))
        .isCloseTo(runs == 0 ? 0 : (double) repeated / runs, within(1e-9));
  }

  @Property
  void aTextIsJudgedAlikeWhateverWasJudgedBefore(@ForAll String before, @ForAll String text) {
    Optional<QualityRule.Finding> alone = new QualityRule(CONFIG).check(text, TextProfile.of(text));
    Optional<QualityRule.Finding> ignored = quality.check(before, TextProfile.of(before));
    assertThat(ignored).isNotNull();
    assertThat(quality.check(text, TextProfile.of(text))).isEqualTo(alone);
  }

  @Example
  void proseIsWithoutFault() {
    assertThat(fault(PROSE)).isEmpty();
  }

  @Example
  void eachFaultIsFound() {
    assertThat(fault("Ha" + "a".repeat(30))).contains(Fault.REPETITIVE);
    assertThat(fault("press it now ".repeat(30))).contains(Fault.REPETITIVE);
    assertThat(fault("=>{}[]<>|#~^ ".repeat(4) + "done")).contains(Fault.SYMBOLS);
    assertThat(fault("abcabcabc".repeat(200))).contains(Fault.COMPRESSIBLE);
    assertThat(quality.remnant("Dear {{name}}")).isPresent();
    assertThat(quality.remnant("Dear Ann")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void signsAreMeasuredAsWordsAre(SignTexts script) {
    SplittableRandom random = new SplittableRandom(3);
    assertThat(fault(script.text(random, 12))).isEmpty();
    assertThat(fault(script.text(random, 1).repeat(4))).contains(Fault.REPETITIVE);
  }

  @Example
  void aShortTextIsNotMeasuredByShares() {
    assertThat(fault("=>{}")).isEmpty();
  }

  private Optional<Fault> fault(String text) {
    return quality.check(text, TextProfile.of(text)).map(QualityRule.Finding::fault);
  }
}
