package io.alluvium.streams.policy.document;

import io.alluvium.schemas.record.SendLimit;

/** A section whose numbers decide how large a record or a written state may become. */
public interface SizeBounded {
  /**
   * Refuses numbers that permit what could not be sent.
   *
   * @throws IllegalArgumentException in one line: key, value, limit, remedy
   */
  void requireSendable(SendLimit limit);

  /**
   * Refuses a value above what fits.
   *
   * @param key of the configuration
   * @param value what it is
   * @param most what it may be
   */
  static void atMost(String key, long value, long most, SendLimit limit) {
    if (value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must be at most %d for records of %d bytes: lower it, or raise kafka.%s and the topics' max.message.bytes"
              .formatted(key, value, most, limit.bytes(), SendLimit.KEY));
    }
  }
}
