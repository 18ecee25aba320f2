package io.alluvium.streams.admit;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.streams.admit.mark.SpecialTokenConfig;
import io.alluvium.streams.admit.secret.SecretConfig;
import io.alluvium.streams.admit.suite.SuiteConfig;
import io.alluvium.streams.admit.text.language.LanguageConfig;
import io.alluvium.streams.admit.text.quality.QualityConfig;
import io.alluvium.streams.policy.document.SizeBounded;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Limits of admission.
 *
 * @param maxCharacters longest text of an example over all its parts, in Unicode code points
 * @param maxIdCharacters longest id, in code points
 * @param maxLabelCharacters longest sum of label names and values, source and subject, in code
 *     points
 * @param maxClockAhead how far in the future event time and record timestamp may lie
 * @param adapterPattern regular expression of permitted adapter ids; they name folders and metrics
 *     later
 * @param maxTokens most tokens of an example over all its parts, by estimate
 * @param language which languages are learned
 * @param quality which texts are of no use
 * @param secrets what is done about secrets and personal data
 * @param specialTokens what the base's tokenizer would take for control tokens
 * @param suites when an example counts as a leak
 */
public record AdmitConfig(
    int maxCharacters,
    int maxIdCharacters,
    int maxLabelCharacters,
    Duration maxClockAhead,
    String adapterPattern,
    int maxTokens,
    LanguageConfig language,
    QualityConfig quality,
    SecretConfig secrets,
    SpecialTokenConfig specialTokens,
    SuiteConfig suites)
    implements SizeBounded {
  private static final int MOST_BYTES_OF_A_CHARACTER = 4;

  /** Checks every limit. */
  public AdmitConfig {
    atLeastOne("maxCharacters", maxCharacters);
    atLeastOne("maxIdCharacters", maxIdCharacters);
    atLeastOne("maxLabelCharacters", maxLabelCharacters);
    atLeastOne("maxTokens", maxTokens);
    if (maxClockAhead.isNegative()) {
      throw new IllegalArgumentException(
          "admit.maxClockAhead is " + maxClockAhead + ", must not be negative");
    }
    Pattern.compile(adapterPattern);
  }

  /** Of what an example is made of besides its texts the limit leaves enough. */
  @Override
  public void requireSendable(SendLimit limit) {
    long most = limit.exampleBytes() / MOST_BYTES_OF_A_CHARACTER;
    SizeBounded.atMost("admit.maxIdCharacters", maxIdCharacters, most, limit);
    most -= maxIdCharacters;
    SizeBounded.atMost("admit.maxLabelCharacters", maxLabelCharacters, most, limit);
    most -= maxLabelCharacters;
    SizeBounded.atMost("admit.maxCharacters", maxCharacters, most, limit);
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "admit.%s is %d, must be at least 1".formatted(key, value));
    }
  }
}
