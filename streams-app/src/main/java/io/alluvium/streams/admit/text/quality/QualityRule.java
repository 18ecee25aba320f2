package io.alluvium.streams.admit.text.quality;

import io.alluvium.schemas.text.WordHashes;
import io.alluvium.streams.admit.text.TextProfile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Rules on what a response is like. An object belongs to one thread. */
public final class QualityRule {
  private static final int RUN_WORDS = 4;

  private static final double FEW_REPEATED = 0.1;

  /** Characters a word, the blank after it included, that no language reaches on average. */
  private static final int LONG_WORD = 20;

  private final QualityConfig config;

  /** The pure Java one: the native one's sizes differ, and so would decisions between machines. */
  private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();

  private final WordHashes words = new WordHashes();
  private byte[] compressed = new byte[1024];
  private long[] seen = new long[512];

  /** With these limits. */
  public QualityRule(QualityConfig config) {
    this.config = config;
  }

  /** What is wrong with a text. */
  public enum Fault {
    /** It repeats itself. */
    REPETITIVE,
    /** It is made of symbols. */
    SYMBOLS,
    /** It says little for its length. */
    COMPRESSIBLE,
    /** A template was not filled in. */
    REMNANT
  }

  /**
   * A fault and the measured value beside its limit.
   *
   * @param fault which
   * @param detail one line
   */
  public record Finding(Fault fault, String detail) {}

  /**
   * The first fault of a response, or empty.
   *
   * @param response the text that is learned
   * @param profile of the same text
   */
  public Optional<Finding> check(String response, TextProfile profile) {
    if (profile.longestRun() > config.maxRun()) {
      return fault(
          Fault.REPETITIVE,
          "%d times the same character in a row, at most %d are allowed",
          profile.longestRun(),
          config.maxRun());
    }
    return profile.letters() < config.minCharacters()
        ? Optional.empty()
        : shares(response, profile);
  }

  private Optional<Finding> shares(String response, TextProfile profile) {
    if (profile.symbolShare() > config.maxSymbolShare()) {
      return fault(
          Fault.SYMBOLS,
          "%.2f of the visible characters are symbols, at most %.2f are allowed",
          profile.symbolShare(),
          config.maxSymbolShare());
    }
    double repeated = config.maxRepeatedShare() < 1 ? repeatedShare(response) : 0;
    if (repeated > config.maxRepeatedShare()) {
      return fault(
          Fault.REPETITIVE,
          "%.2f of the runs of four words are repeated, at most %.2f are allowed",
          repeated,
          config.maxRepeatedShare());
    }
    double share = couldCompress(response, repeated) ? compressedShare(response) : 1;
    return share < config.minCompressedShare()
        ? fault(
            Fault.COMPRESSIBLE,
            "compresses to %.3f of its size, at least %.3f is asked for",
            share,
            config.minCompressedShare())
        : Optional.empty();
  }

  /**
   * Compression takes longer than all other rules together, and what compresses to a small share
   * either repeats runs of words or has no words that are told apart by blanks.
   */
  private boolean couldCompress(String response, double repeated) {
    return config.minCompressedShare() > 0
        && (config.maxRepeatedShare() >= 1
            || repeated >= FEW_REPEATED
            || words.count() * LONG_WORD < response.length());
  }

  /**
   * The first remnant of a template in a text, or empty. Looking for a character is many times
   * faster than looking for a string, and few texts hold the first ones of remnants.
   */
  public Optional<Finding> remnant(String text) {
    for (String remnant : config.remnants()) {
      if (text.indexOf(remnant.charAt(0)) >= 0 && text.contains(remnant)) {
        return Optional.of(new Finding(Fault.REMNANT, "holds \"" + remnant + "\""));
      }
    }
    return Optional.empty();
  }

  /** Share of the runs of four words that occurred before in the text; 0 below four words. */
  double repeatedShare(String text) {
    int length = words.clear().add(text).alike(RUN_WORDS);
    int runs = words.count() - length + 1;
    if (runs <= 0) {
      return 0;
    }
    int capacity = Integer.highestOneBit(runs) << 2;
    if (seen.length < capacity) {
      seen = new long[capacity];
    }
    Arrays.fill(seen, 0, capacity, 0);
    int repeated = 0;
    for (int i = 0; i < runs; i++) {
      repeated += wasSeen(words.run(i, length) | 1, capacity - 1) ? 1 : 0;
    }
    return (double) repeated / runs;
  }

  /** Open addressing; 0 is free, which no odd hash is. */
  private boolean wasSeen(long hash, int mask) {
    int slot = (int) (hash >>> 32) & mask;
    while (seen[slot] != 0) {
      if (seen[slot] == hash) {
        return true;
      }
      slot = (slot + 1) & mask;
    }
    seen[slot] = hash;
    return false;
  }

  /** Size after compression as a share of the UTF-8 bytes. */
  double compressedShare(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int most = compressor.maxCompressedLength(bytes.length);
    if (compressed.length < most) {
      compressed = new byte[most];
    }
    return (double) compressor.compress(bytes, 0, bytes.length, compressed, 0, most) / bytes.length;
  }

  private static Optional<Finding> fault(Fault fault, String detail, Object... values) {
    return Optional.of(new Finding(fault, String.format(Locale.ROOT, detail, values)));
  }
}
