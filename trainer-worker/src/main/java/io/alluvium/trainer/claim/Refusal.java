package io.alluvium.trainer.claim;

import io.alluvium.schemas.record.SendLimit;
import java.util.stream.Stream;

/**
 * Why a record cannot be used.
 *
 * @param reason code for programs
 * @param detail one line for a person: the value and the rule it broke
 */
public record Refusal(Reason reason, String detail) {

  /** A value under a key that is not its adapter. */
  public static Refusal keyMismatch(String adapter) {
    return new Refusal(
        Reason.KEY_MISMATCH, "the record key must be the adapter, which is \"" + adapter + "\"");
  }

  /** A record that an order to erase means. */
  public static Refusal erased() {
    return new Refusal(Reason.ERASED, "an order to erase means it");
  }

  /** Whether the record must not be copied. */
  public boolean withoutContent() {
    return reason == Reason.ERASED;
  }

  /** A record on which the tensor engine fails. */
  public static Refusal unscorable(Throwable broken) {
    return new Refusal(Reason.UNSCORABLE, "the tensor engine fails on it: " + oneLine(broken));
  }

  /** What failed and the first line of what it says. */
  public static String oneLine(Throwable broken) {
    String kind = broken.getClass().getSimpleName();
    return Stream.ofNullable(broken.getMessage())
        .flatMap(String::lines)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> kind + ": " + line)
        .orElse(kind);
  }

  /** A record that would be too large with its scores. */
  public static Refusal tooLarge(SendLimit limit) {
    return new Refusal(
        Reason.TOO_LARGE,
        "with its scores it is larger than %s=%d allows".formatted(SendLimit.KEY, limit.bytes()));
  }

  /** Every reason for which the worker refuses a record. */
  public enum Reason {
    /** The bytes are not a value of the topic's type. */
    UNDECODABLE,
    /** The record key is not the adapter that the value names. */
    KEY_MISMATCH,
    /** Larger with its scores than a record may be. */
    TOO_LARGE,
    /** More tokens than the model is configured to take. */
    TOO_LONG,
    /** A conversation that the base's chat template does not take. */
    UNRENDERABLE,
    /** The base's tokenizer or chat template fails on it. */
    UNTOKENIZABLE,
    /** It holds a token that the base's embedding has no row for. */
    UNKNOWN_TOKEN,
    /** The tensor engine fails on it. */
    UNSCORABLE,
    /** No response token to learn from. */
    NOTHING_SUPERVISED,
    /** A weight that is not a finite number of at least 0. */
    BAD_WEIGHT,
    /** The one that a training step broke on; the round went on without it. */
    QUARANTINED,
    /** Training diverged on a batch that holds the record. */
    DIVERGED,
    /** A replay of an example that a rollback took out of use. */
    ROLLED_BACK,
    /** An order to erase means it; its content is left out. */
    ERASED,
    /** The adapter's round failed for a reason that lies in none of its records. */
    ROUND_FAILED
  }
}
