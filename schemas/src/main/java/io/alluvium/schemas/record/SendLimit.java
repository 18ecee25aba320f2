package io.alluvium.schemas.record;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * How large a record may be, and what of that each part of it may take. A record that is larger is
 * refused by its own producer, at every attempt, so nothing may come to be that is.
 *
 * @param bytes most bytes of a record, its key and headers included
 */
public record SendLimit(int bytes) {
  /** What Kafka's producers take unless told otherwise. */
  public static final SendLimit KAFKA_DEFAULT = new SendLimit(1 << 20);

  /** Kafka's name of the setting. */
  public static final String KEY = "max.request.size";

  /** Below this not even the fixed parts of every event fit. */
  private static final int LEAST = 1 << 16;

  /** Names, places, times and what Kafka puts around a record. */
  private static final int FIXED = 16 << 10;

  /** What Kafka puts around a record, at most. */
  private static final int FRAME = 1 << 10;

  /** Checks the size. */
  public SendLimit {
    if (bytes < LEAST) {
      throw new IllegalArgumentException(
          "%s is %d, must be at least %d".formatted(KEY, bytes, LEAST));
    }
  }

  /**
   * That of a producer's settings.
   *
   * @param kafka settings under Kafka's names; one that begins with {@code producer.} counts first,
   *     as in Kafka Streams
   * @throws IllegalArgumentException for what is no number or too small
   */
  public static SendLimit of(Map<String, String> kafka) {
    String given = kafka.getOrDefault("producer." + KEY, kafka.get(KEY));
    try {
      return given == null ? KAFKA_DEFAULT : new SendLimit(Integer.parseInt(given.strip()));
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "%s is %s, must be a number of bytes".formatted(KEY, given), noNumber);
    }
  }

  /** Whether a producer will send this. */
  public boolean holds(ProducerRecord<byte[], byte[]> record) {
    long size = (long) FRAME + length(record.key()) + length(record.value());
    return size + Carried.size(record.headers()) <= bytes;
  }

  private static int length(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }

  /** Most bytes of a key. */
  public int keyBytes() {
    return bytes / 32;
  }

  /** Most bytes of all headers together. */
  public int headerBytes() {
    return bytes / 32;
  }

  /** Most bytes of an example: the rest is for its losses, its embedding and its weight. */
  public int exampleBytes() {
    return bytes - bytes / 4;
  }

  /** Most bytes of a scored example: the rest is for its weight. */
  public int scoredBytes() {
    return bytes - bytes / 8;
  }

  /** Most bytes of a state that is written whole. */
  public int stateBytes() {
    return bytes - bytes / 8;
  }

  /** Most bytes of a refused value that its rejection carries. */
  public int refusedBytes() {
    return bytes - FIXED - 2 * keyBytes() - headerBytes();
  }
}
