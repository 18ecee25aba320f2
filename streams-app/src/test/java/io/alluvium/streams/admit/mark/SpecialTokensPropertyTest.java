package io.alluvium.streams.admit.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.streams.admit.secret.SecretConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SpecialTokensPropertyTest {
  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.strings()
        .withChars("<|ab>")
        .ofMinLength(1)
        .ofMaxLength(4)
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("<|ab>\u4f60").ofMaxLength(40);
  }

  /** The slow way: every token at every place. */
  @Property
  void theFirstIsTheLongestAtTheFirstPlace(
      @ForAll("tokens") List<String> tokens, @ForAll("texts") String text) {
    Optional<String> slow =
        IntStream.range(0, text.length())
            .boxed()
            .flatMap(
                i ->
                    tokens.stream()
                        .filter(token -> text.startsWith(token, i))
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .limit(1))
            .findFirst();
    assertThat(new SpecialTokens(tokens).first(text)).isEqualTo(slow);
  }

  @Property
  void aMaskedTextHoldsNone(@ForAll("texts") String text) {
    SpecialTokens tokens = new SpecialTokens(List.of("<|a|>", "<a>", "\u4f60"));
    assertThat(tokens.first(tokens.masked(text))).isEmpty();
    assertThat(tokens.masked(text).equals(text)).isEqualTo(tokens.first(text).isEmpty());
  }

  @Example
  void aBlankTokenIsRefusedByName() {
    assertThatThrownBy(
            () -> new SpecialTokenConfig(List.of("</s>", " "), SecretConfig.Action.REJECT))
        .hasMessage("admit.specialTokens.tokens holds \" \", must be texts that are not blank");
  }
}
