package io.alluvium.streams.replay;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an ERASE order means for kept examples. Pure. Arguments: {@code subject:NAME}, {@code
 * id:EXAMPLE}, {@code offsets:PARTITION:FIRST-NEXT} of the scored topic, next excluded. What was
 * kept after the order stays.
 */
public final class Erasure {
  private static final String RANGE = "offsets:";
  private static final Pattern OFFSETS =
      Pattern.compile(RANGE + "(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");
  private static final String SUBJECT = "subject:";
  private static final String ID = "id:";

  private Erasure() {}

  /** The argument that means all of a subject. */
  public static String subject(String name) {
    return SUBJECT + name;
  }

  /** The argument that means one example. */
  public static String example(String id) {
    return ID + id;
  }

  /**
   * The argument that means records of the scored topic.
   *
   * @param range {@code PARTITION:FIRST-NEXT}
   * @return empty when it is none
   */
  public static Optional<String> offsets(String range) {
    return Optional.of(RANGE + range).filter(argument -> OFFSETS.matcher(argument).matches());
  }

  /** The condition of what must go; empty for another order or an argument of another form. */
  public static Optional<Predicate<Kept>> of(AdapterCommand order) {
    String argument = order.getArgument();
    if (order.getCommand() != Command.ERASE || argument == null) {
      return Optional.empty();
    }
    long untilMs = order.getIssuedAt().toEpochMilli();
    return meant(argument).map(meant -> meant.and(kept -> kept.logTimeMs() <= untilMs));
  }

  private static Optional<Predicate<Kept>> meant(String argument) {
    if (argument.startsWith(SUBJECT)) {
      long subject = Hash.of(argument.substring(SUBJECT.length()));
      return Optional.of(kept -> kept.subject() == subject);
    }
    if (argument.startsWith(ID)) {
      long id = Hash.of(argument.substring(ID.length()));
      return Optional.of(kept -> kept.id() == id);
    }
    Matcher offsets = OFFSETS.matcher(argument);
    return offsets.matches() ? Optional.of(between(offsets)) : Optional.empty();
  }

  private static Predicate<Kept> between(Matcher offsets) {
    int partition = Integer.parseInt(offsets.group(1));
    long first = Long.parseLong(offsets.group(2));
    long next = Long.parseLong(offsets.group(3));
    return kept -> kept.partition() == partition && kept.offset() >= first && kept.offset() < next;
  }
}
