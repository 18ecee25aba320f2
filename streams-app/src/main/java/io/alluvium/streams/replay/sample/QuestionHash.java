package io.alluvium.streams.replay.sample;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.dedup.exact.Fingerprint;

/**
 * What an example asks, in 64 bits: two kept examples of one adapter that ask the same would say
 * one thing and another. Pure.
 */
public final class QuestionHash {
  /** Of a text that answers nothing: nothing contradicts it. */
  public static final long NONE = 0;

  /** Of what a build kept that knew no questions; its content tells. */
  public static final long UNKNOWN = -1;

  private static final long INSTEAD = 1;

  private QuestionHash() {}

  /** Never {@link #UNKNOWN}. */
  public static long of(TrainingExample example) {
    return Fingerprint.ofQuestion(example).map(QuestionHash::bits).orElse(NONE);
  }

  private static long bits(Fingerprint question) {
    long bits = question.high();
    return bits == NONE || bits == UNKNOWN ? INSTEAD : bits;
  }
}
