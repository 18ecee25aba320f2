package io.alluvium.streams.wire.decode;

/**
 * What bytes turned out to be.
 *
 * @param <V> the value type looked for
 */
public sealed interface Decoded<V> {

  /** A value of the right type, and how many bytes stand behind its end. */
  record Value<V>(V value, int behind) implements Decoded<V> {}

  /** Not a value of the right type; {@code detail} says why in one line. */
  record Failed<V>(Failure failure, String detail) implements Decoded<V> {}

  /** The ways in which bytes fail to be a value. */
  enum Failure {
    /** Not the wire format, or broken inside. */
    UNDECODABLE,
    /** A schema id that the registry does not know. */
    UNKNOWN_SCHEMA,
    /** A value of a type that does not belong on the topic. */
    WRONG_TYPE
  }
}
