package io.alluvium.trainer.model.text;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One text as the model sees it.
 *
 * @param ids token ids, at least two; not copied, never changed
 * @param supervised indices of the supervised tokens, rising, from 1 on; each is predicted from
 *     those before it; not copied, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // boxed ids would cost sixteen times the memory
public record TokenSequence(int[] ids, int[] supervised) {

  /** Checks that the indices rise within {@code [1, ids.length)} and that there is one. */
  public TokenSequence {
    int before = 0;
    for (int index : supervised) {
      if (index <= before || index >= ids.length) {
        throw new IllegalArgumentException(
            "supervised token " + index + " outside [" + (before + 1) + ", " + ids.length + ")");
      }
      before = index;
    }
    if (supervised.length == 0) {
      throw new IllegalArgumentException("no token is supervised");
    }
  }

  /**
   * A prompt and its response.
   *
   * @param responseStart index of the first supervised token; all from there on are supervised
   */
  public TokenSequence(int[] ids, int responseStart) {
    this(ids, from(responseStart, ids.length));
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** Index of the first supervised token. */
  public int responseStart() {
    return supervised[0];
  }

  /** Number of supervised tokens. */
  public int responseTokens() {
    return supervised.length;
  }

  /** Whether all tokens from the first supervised one on are supervised. */
  public boolean endsWithResponse() {
    return responseStart() + responseTokens() == length();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSequence that
        && Arrays.equals(supervised, that.supervised)
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + Arrays.hashCode(supervised);
  }

  @Override
  public String toString() {
    return "TokenSequence[" + length() + " tokens, " + responseTokens() + " supervised]";
  }

  private static int[] from(int start, int end) {
    if (start < 1 || start >= end) {
      throw new IllegalArgumentException("responseStart " + start + " outside [1, " + end + ")");
    }
    return IntStream.range(start, end).toArray();
  }
}
