package io.alluvium.streams.admit.text.language;

import java.util.List;

/**
 * Which languages are learned.
 *
 * @param allowed ISO 639-3 codes, for example eng, deu; empty: any, and nothing is detected
 * @param characters how much of a response is looked at, from its beginning, in UTF-16 units
 * @param minCharacters shorter responses pass undetected, in UTF-16 units
 * @param ratio how many times more probable another language must be than every allowed one
 */
public record LanguageConfig(
    List<String> allowed, int characters, int minCharacters, double ratio) {

  /** Checks every value. */
  public LanguageConfig {
    for (String language : allowed) {
      if (!language.matches("[a-z]{3}")) {
        throw new IllegalArgumentException(
            "admit.language.allowed holds \"%s\", must be ISO 639-3 codes such as eng"
                .formatted(language));
      }
    }
    if (minCharacters < 1 || characters < minCharacters) {
      throw new IllegalArgumentException(
          "admit.language.characters is %d and minCharacters %d, must be at least 1 and in this order"
              .formatted(characters, minCharacters));
    }
    if (!(ratio >= 1)) {
      throw new IllegalArgumentException(
          "admit.language.ratio is %s, must be at least 1".formatted(ratio));
    }
    allowed = List.copyOf(allowed);
  }
}
