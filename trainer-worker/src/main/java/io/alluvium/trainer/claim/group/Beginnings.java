package io.alluvium.trainer.claim.group;

import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds where the reading of given partitions begins: at the committed offset, or at the beginning
 * of the log. The broker tells no offset that an open transaction may still change, so a worker
 * that hangs within its transaction holds up the partitions that it had; the others go on. For one
 * thread.
 */
final class Beginnings {
  static final Comparator<TopicPartition> BY_PARTITION =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  private static final Logger LOG = LoggerFactory.getLogger(Beginnings.class);
  private static final Duration ALL = Duration.ofSeconds(1);
  private static final Duration ONE = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration TOLD = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Wait> waiting = new TreeMap<>(BY_PARTITION);

  /** Those that were asked for in vain, in the order of their turns. */
  private final Set<TopicPartition> held = new LinkedHashSet<>();

  private volatile @Nullable Instant heldSince;
  private long askAgainNs = System.nanoTime();

  /** Since when one waits, and when that was last told. */
  private record Wait(Instant since, Instant told) {
    static Wait begun() {
      Instant now = Instant.now();
      return new Wait(now, now.minus(TOLD));
    }

    boolean silent(Instant now) {
      return !now.isBefore(told.plus(TOLD));
    }
  }

  Beginnings(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** Reads nothing of these before it is known from where on. */
  void await(Collection<TopicPartition> given) {
    // With a position of its own none makes the consumer ask for the offsets of all by itself.
    given.forEach(partition -> consumer.seek(partition, 0));
    consumer.pause(given);
    given.forEach(partition -> waiting.putIfAbsent(partition, Wait.begun()));
    askAgainNs = System.nanoTime();
  }

  void forget(Collection<TopicPartition> taken) {
    taken.forEach(waiting::remove);
    taken.forEach(held::remove);
    noteHeld();
  }

  boolean awaited(TopicPartition partition) {
    return waiting.containsKey(partition);
  }

  /** Since when the first waits of those that were asked for in vain. Any thread. */
  Optional<Instant> heldSince() {
    return Optional.ofNullable(heldSince);
  }

  /** Those that became known since; they are read from there. */
  Map<TopicPartition, OffsetAndMetadata> found() {
    if (waiting.isEmpty() || System.nanoTime() - askAgainNs < 0) {
      return Map.of();
    }
    Map<TopicPartition, OffsetAndMetadata> known = asked();
    known.forEach((partition, begin) -> consumer.seek(partition, begin.offset()));
    consumer.resume(known.keySet());
    forget(known.keySet());
    tell();
    askAgainNs = System.nanoTime() + PAUSE.toNanos();
    return known;
  }

  private Map<TopicPartition, OffsetAndMetadata> asked() {
    List<TopicPartition> turns = List.copyOf(held);
    Map<TopicPartition, OffsetAndMetadata> known = askedFirst();
    for (TopicPartition partition : turns) {
      if (!asked(partition, known)) {
        // One wait in vain is enough: reading stands still meanwhile.
        break;
      }
    }
    return known;
  }

  /** One request for all that were not asked for yet, unless one of them holds up the answer. */
  private Map<TopicPartition, OffsetAndMetadata> askedFirst() {
    Set<TopicPartition> fresh = new TreeSet<>(BY_PARTITION);
    fresh.addAll(waiting.keySet());
    fresh.removeAll(held);
    Map<TopicPartition, OffsetAndMetadata> known =
        fresh.size() > 1 ? committed(fresh, ALL) : new HashMap<>();
    if (known.isEmpty()) {
      fresh.forEach(partition -> asked(partition, known));
    }
    return known;
  }

  /** Whether it is known now; else its turn comes after that of the others. */
  private boolean asked(TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> allKnown) {
    Map<TopicPartition, OffsetAndMetadata> known = committed(Set.of(partition), ONE);
    held.remove(partition);
    if (known.isEmpty()) {
      held.add(partition);
    }
    allKnown.putAll(known);
    return !known.isEmpty();
  }

  private Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions, Duration patience) {
    Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
    try {
      consumer
          .committed(partitions, patience)
          .forEach(
              (partition, mark) -> {
                if (mark != null) {
                  known.put(partition, mark);
                }
              });
    } catch (TimeoutException notYet) {
      return known;
    }
    Set<TopicPartition> never =
        partitions.stream().filter(partition -> !known.containsKey(partition)).collect(toSet());
    consumer
        .beginningOffsets(never)
        .forEach((partition, begin) -> known.put(partition, new OffsetAndMetadata(begin)));
    return known;
  }

  private void noteHeld() {
    heldSince =
        held.stream()
            .flatMap(partition -> Stream.ofNullable(waiting.get(partition)))
            .map(Wait::since)
            .min(Comparator.naturalOrder())
            .orElse(null);
  }

  private void tell() {
    Instant now = Instant.now();
    waiting.replaceAll((partition, wait) -> wait.silent(now) ? told(partition, wait, now) : wait);
  }

  private static Wait told(TopicPartition partition, Wait wait, Instant now) {
    LOG.warn(
        "{} waits since {} for its committed offset: a transaction of its last worker is open, or the brokers do not answer; other partitions go on, and so does this one when that transaction ends (transaction.timeout.ms of that worker)",
        partition,
        wait.since());
    return new Wait(wait.since(), now);
  }
}
