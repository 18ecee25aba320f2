package io.alluvium.trainer.base.text;

import java.util.Arrays;

/**
 * One text as the model sees it.
 *
 * @param ids token ids, at least two; not copied, never changed
 * @param responseStart index of the first supervised token; each token from there on is predicted
 *     from those before it
 */
@SuppressWarnings("ArrayRecordComponent") // boxed ids would cost sixteen times the memory
public record TokenSequence(int[] ids, int responseStart) {

  /** Checks {@code 1 <= responseStart < ids.length}. */
  public TokenSequence {
    if (responseStart < 1 || responseStart >= ids.length) {
      throw new IllegalArgumentException(
          "responseStart " + responseStart + " outside [1, " + ids.length + ")");
    }
  }

  /** Number of tokens. */
  public int length() {
    return ids.length;
  }

  /** Number of supervised tokens. */
  public int responseTokens() {
    return ids.length - responseStart;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenSequence that
        && responseStart == that.responseStart
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ids) + responseStart;
  }

  @Override
  public String toString() {
    return "TokenSequence[" + ids.length + " tokens, response from " + responseStart + "]";
  }
}
