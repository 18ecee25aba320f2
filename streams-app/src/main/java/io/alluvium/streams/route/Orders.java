package io.alluvium.streams.route;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.streams.replay.Hash;
import io.alluvium.streams.replay.Kept;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What APPROVE and DROP orders mean for what waits in review: argument {@code review:EXAMPLE}, or
 * {@code review:*} for all that waited when the order was given. Pure.
 */
public final class Orders {
  private static final String REVIEW = "review:";
  private static final String ALL = "*";

  private Orders() {}

  /** The argument that means one example. */
  public static String example(String id) {
    return REVIEW + id;
  }

  /** The argument that means all that waited when the order was given. */
  public static String all() {
    return REVIEW + ALL;
  }

  /** The condition of what is answered; empty for another order or an argument of another form. */
  public static Optional<Predicate<Kept>> meant(AdapterCommand order) {
    String argument = order.getArgument();
    boolean answers = order.getCommand() == Command.APPROVE || order.getCommand() == Command.DROP;
    if (!answers || argument == null || !argument.startsWith(REVIEW)) {
      return Optional.empty();
    }
    String which = argument.substring(REVIEW.length());
    long id = Hash.of(which);
    long untilMs = order.getIssuedAt().toEpochMilli();
    return Optional.of(
        kept -> kept.logTimeMs() <= untilMs && (which.equals(ALL) || kept.id() == id));
  }
}
