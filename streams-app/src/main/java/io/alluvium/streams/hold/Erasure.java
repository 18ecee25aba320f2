package io.alluvium.streams.hold;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an ERASE order means. Pure. Arguments: {@code subject:NAME}, {@code id:EXAMPLE}, {@code
 * offsets:PARTITION:FIRST-NEXT} of the scored topic, next excluded, and {@code
 * accepted:PARTITION:FIRST-NEXT} of the accepted topic, which is how the trainer orders what a
 * rollback takes out of use.
 *
 * <p>Meant is what was there before the order. An example was there before when the log's time at
 * its record, its scoring or its event was not after the order: the first may run ahead with a
 * producer's clock, the second is later for what was under way, the third is the producer's word.
 * All three stand with the example, so it does not matter when order and example are read.
 *
 * @param adapter whose; {@code *} means everybody's
 * @param what which examples
 * @param untilMs when it was given, milliseconds since the epoch
 * @param order id of the order
 */
public record Erasure(String adapter, What what, long untilMs, String order) {
  /** The adapter of an order for all adapters. */
  public static final String EVERYBODY = "*";

  /**
   * How long an example can be under way, by the log's time: as long as it may lie in examples and
   * in examples.accepted together.
   */
  public static final Duration UNDER_WAY = Duration.ofDays(14);

  private static final String RANGE = "offsets:";
  private static final Pattern OFFSETS =
      Pattern.compile("(offsets|accepted):(\\d{1,9}):(\\d{1,18})-(\\d{1,18})");
  private static final String SUBJECT = "subject:";
  private static final String ID = "id:";

  /** Which examples of an adapter. */
  public sealed interface What {
    /** Whether a kept example is one. */
    boolean names(KeptExample kept);

    /** Whether one that it names is meant by its content too, where that is to be asked. */
    default boolean confirms(Supplier<ScoredExample> content) {
      return true;
    }
  }

  /** All of a subject, by its hash. */
  record Subject(long hash) implements What {
    @Override
    public boolean names(KeptExample kept) {
      return kept.subject() == hash;
    }
  }

  /** All with an id, by its hash. */
  record Id(long hash) implements What {
    @Override
    public boolean names(KeptExample kept) {
      return kept.id() == hash;
    }
  }

  /** Records of a partition of the scored topic. */
  record Range(int partition, long first, long next) implements What {
    @Override
    public boolean names(KeptExample kept) {
      return kept.partition() == partition && kept.offset() >= first && kept.offset() < next;
    }
  }

  /** Records of a partition of the accepted topic; what is kept knows them by its content alone. */
  record Accepted(int partition, long first, long next) implements What {
    @Override
    public boolean names(KeptExample kept) {
      return true;
    }

    @Override
    public boolean confirms(Supplier<ScoredExample> content) {
      RecordOrigin origin = content.get().getOrigin();
      return origin.getPartition() == partition
          && origin.getOffset() >= first
          && origin.getOffset() < next;
    }
  }

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

  /** What an order means; empty for another order or an argument of another form. */
  public static Optional<Erasure> of(AdapterCommand order) {
    String argument = order.getArgument();
    if (order.getCommand() != Command.ERASE || argument == null) {
      return Optional.empty();
    }
    return what(argument)
        .map(
            what ->
                new Erasure(
                    order.getAdapter(), what, order.getIssuedAt().toEpochMilli(), order.getId()));
  }

  private static Optional<What> what(String argument) {
    if (argument.startsWith(SUBJECT)) {
      return Optional.of(new Subject(StableHash.of(argument.substring(SUBJECT.length()))));
    }
    if (argument.startsWith(ID)) {
      return Optional.of(new Id(StableHash.of(argument.substring(ID.length()))));
    }
    Matcher offsets = OFFSETS.matcher(argument);
    return offsets.matches() ? Optional.of(range(offsets)) : Optional.empty();
  }

  private static What range(Matcher offsets) {
    int partition = Integer.parseInt(offsets.group(2));
    long first = Long.parseLong(offsets.group(3));
    long next = Long.parseLong(offsets.group(4));
    return RANGE.startsWith(offsets.group(1))
        ? new Range(partition, first, next)
        : new Accepted(partition, first, next);
  }

  /** Whether it is for everybody. */
  public boolean isForEverybody() {
    return adapter.equals(EVERYBODY);
  }

  /** Whether it is for an adapter. */
  public boolean isFor(String other) {
    return isForEverybody() || adapter.equals(other);
  }

  /**
   * Whether an example of its adapter must go.
   *
   * @param kept what is known of it
   * @param content the whole, asked for where the log's time does not decide
   */
  public boolean means(KeptExample kept, Supplier<ScoredExample> content) {
    return what.names(kept)
        && (kept.logTimeMs() <= untilMs
            || (isRemembered(kept.logTimeMs()) && earliestMs(content.get()) <= untilMs))
        && what.confirms(content);
  }

  /** Whether what was there before the order can still be under way at a log time. */
  boolean isRemembered(long logTimeMs) {
    return logTimeMs - untilMs <= UNDER_WAY.toMillis();
  }

  private static long earliestMs(ScoredExample scored) {
    return Math.min(
        scored.getScoredAt().toEpochMilli(), scored.getExample().getEventTime().toEpochMilli());
  }
}
