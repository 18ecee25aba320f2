package io.alluvium.streams.dedup.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;

class NormalTextPropertyTest {
  @Property
  void normalTextIsItsOwnNormalText(@ForAll String text) {
    String once = NormalText.of(text);
    assertThat(NormalText.of(once)).isEqualTo(once);
  }

  @Example
  void thatHoldsForEveryCodePointBetweenLettersAndAccents() {
    assertThat(
            IntStream.rangeClosed(Character.MIN_CODE_POINT, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .filter(Character::isDefined)
                .mapToObj(point -> "a" + Character.toString(point) + "\u0301b")
                .filter(text -> !NormalText.of(NormalText.of(text)).equals(NormalText.of(text))))
        .isEmpty();
  }

  @Property(tries = 2000)
  void theShortWayForAsciiIsTheLongWay(@ForAll @CharRange(from = 0, to = 127) String text) {
    assertThat(NormalText.of(text)).isEqualTo(NormalText.unicode(text));
  }

  @Property
  void caseDoesNotCount(@ForAll @AlphaChars String text) {
    assertThat(NormalText.of(text.toUpperCase(Locale.ROOT)))
        .isEqualTo(NormalText.of(text.toLowerCase(Locale.ROOT)));
  }

  @Property
  void whiteSpaceAroundAndItsAmountDoNotCount(
      @ForAll @AlphaChars String left, @ForAll @AlphaChars String right) {
    assertThat(NormalText.of("\t" + left + " \n\u2003 " + right + "\u00a0"))
        .isEqualTo(NormalText.of(left + " " + right));
  }

  @Example
  void compatibleFormsAreOne() {
    assertThat(NormalText.of("ﬁne Ｃafe\u0301 №①")).isEqualTo("fine café no1");
  }

  @Example
  void differentWordsStayDifferent() {
    assertThat(NormalText.of("ab c")).isNotEqualTo(NormalText.of("a bc"));
  }
}
