package io.alluvium.streams.admit.text.quality;

import java.util.List;

/**
 * Which texts are of no use as something to learn. Shares of 1 and more switch a rule off, as does
 * a compressed share of 0.
 *
 * @param minCharacters shortest response that shares are measured on, in code points; a sign of a
 *     script without blanks between words counts as three
 * @param maxRun longest run of one visible character
 * @param maxRepeatedShare largest share of runs of four words, or ten signs, that occurred before
 *     in the response
 * @param maxSymbolShare largest share of symbols among visible characters
 * @param minCompressedShare smallest size after LZ4 compression, as a share of the UTF-8 bytes
 * @param remnants strings that stand for a text that was never written, wherever they occur
 * @param placeholders whether a placeholder that was not filled in is a fault
 */
public record QualityConfig(
    int minCharacters,
    int maxRun,
    double maxRepeatedShare,
    double maxSymbolShare,
    double minCompressedShare,
    List<String> remnants,
    boolean placeholders) {

  /** Checks every number. */
  public QualityConfig {
    require(minCharacters >= 1, "minCharacters", minCharacters, "must be at least 1");
    require(maxRun >= 1, "maxRun", maxRun, "must be at least 1");
    require(maxRepeatedShare >= 0, "maxRepeatedShare", maxRepeatedShare, "must be at least 0");
    require(maxSymbolShare >= 0, "maxSymbolShare", maxSymbolShare, "must be at least 0");
    require(
        minCompressedShare >= 0, "minCompressedShare", minCompressedShare, "must be at least 0");
    if (remnants.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "admit.quality.remnants holds an empty string, which every text contains");
    }
    remnants = List.copyOf(remnants);
  }

  private static void require(boolean holds, String key, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("admit.quality.%s is %s, %s".formatted(key, value, rule));
    }
  }
}
