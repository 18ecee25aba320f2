package io.alluvium.schemas.suite;

import io.alluvium.schemas.text.WordHashes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An item as hashes of its runs of words.
 *
 * @param length words in each run
 * @param grams distinct hashes, in order of value
 */
public record ItemGrams(int length, List<Long> grams) {
  /** Copies. */
  public ItemGrams {
    grams = List.copyOf(grams);
  }

  /**
   * Words in a run, unless the item is shorter. Five in a row still seldom occur by chance, and one
   * word changed in twelve leaves half of the runs.
   */
  public static final int LENGTH = 5;

  /** Fewer words than this say nothing about where they come from. */
  public static final int FEWEST_WORDS = 3;

  /** As many words in scripts without blanks, where greetings are short. */
  private static final int FEWEST_WORDS_IN_SIGNS = 4;

  private static final int DIGEST_BYTES = 8;

  /**
   * Of a text; empty when it has too few words to be recognised.
   *
   * @param text prompt and answer of the item
   */
  public static Optional<ItemGrams> of(String text) {
    WordHashes words = new WordHashes().add(text);
    if (words.count() < words.alike(words.areSigns() ? FEWEST_WORDS_IN_SIGNS : FEWEST_WORDS)) {
      return Optional.empty();
    }
    int length = Math.min(words.alike(LENGTH), words.count());
    return Optional.of(
        new ItemGrams(
            length,
            IntStream.rangeClosed(0, words.count() - length)
                .mapToObj(from -> words.run(from, length))
                .sorted()
                .distinct()
                .toList()));
  }

  /**
   * Names the content: items whose words are the same have the same name, wherever they stand.
   *
   * @return 16 hex digits of a SHA-256
   */
  public String digest() {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES * grams.size());
    bytes.putInt(length);
    grams.forEach(bytes::putLong);
    return HexFormat.of().formatHex(sha256().digest(bytes.array()), 0, DIGEST_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
