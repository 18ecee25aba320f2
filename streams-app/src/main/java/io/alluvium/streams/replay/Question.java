package io.alluvium.streams.replay;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.dedup.exact.Fingerprint;

/**
 * What an example asks, in 64 bits: two kept examples of one adapter that ask the same would say
 * one thing and another. Pure.
 */
final class Question {
  /** Of a text that answers nothing: nothing contradicts it. */
  static final long NONE = 0;

  /** Of what a build kept that knew no questions; its content tells. */
  static final long UNKNOWN = -1;

  private static final long INSTEAD = 1;

  private Question() {}

  /** Never {@link #UNKNOWN}. */
  static long of(TrainingExample example) {
    return Fingerprint.ofQuestion(example).map(Question::bits).orElse(NONE);
  }

  private static long bits(Fingerprint question) {
    long bits = question.high();
    return bits == NONE || bits == UNKNOWN ? INSTEAD : bits;
  }
}
