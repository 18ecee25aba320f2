package io.alluvium.streams.route.wait;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.hold.StableHash;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What APPROVE and DROP orders mean for what waits in review: argument {@code review:EXAMPLE}, or
 * {@code review:*} for all that waited when the order was given. Pure.
 */
public final class ReviewAnswer {
  private static final String REVIEW = "review:";
  private static final String ALL = "*";

  private ReviewAnswer() {}

  /** The argument that means one example. */
  public static String example(String id) {
    return REVIEW + id;
  }

  /** The argument that means all that waited when the order was given. */
  public static String all() {
    return REVIEW + ALL;
  }

  /** The condition of what is answered; empty for another order or an argument of another form. */
  public static Optional<Predicate<KeptExample>> meant(AdapterCommand order) {
    String argument = order.getArgument();
    boolean answers = order.getCommand() == Command.APPROVE || order.getCommand() == Command.DROP;
    if (!answers || argument == null || !argument.startsWith(REVIEW)) {
      return Optional.empty();
    }
    String which = argument.substring(REVIEW.length());
    long id = StableHash.of(which);
    long untilMs = order.getIssuedAt().toEpochMilli();
    return Optional.of(
        kept -> kept.logTimeMs() <= untilMs && (which.equals(ALL) || kept.id() == id));
  }
}
