package io.alluvium.trainer.claim.turn;

import io.alluvium.trainer.claim.recall.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Chooses which records are done next: of the keys that wait, always that of which this choice took
 * the fewest bytes so far (max-min fairness). So a key with few records has them in the next
 * choice, whatever others have before it in the partition. A key's own records keep their order.
 *
 * <p>What is done out of the log's order is told by {@link #mark}. Its note holds {@value
 * #MOST_BEHIND} keys; with more than that in a partition, those whose first record is oldest have
 * their turn.
 */
public final class Turns {
  /** With 96 bits and an offset each they fit into Kafka's 4096 bytes for a note. */
  static final int MOST_BEHIND = 96;

  private final Map<Integer, PartitionTurns> partitions = new TreeMap<>();

  /**
   * How much is chosen at once, at least one record.
   *
   * @param records most of them
   * @param bytes of values, with which no more is chosen
   */
  public record Most(int records, long bytes) {}

  /** Starts a partition at its committed offset; what waited of it is forgotten. */
  public void begin(int partition, OffsetAndMetadata committed) {
    partitions.put(partition, new PartitionTurns(TurnMark.of(committed)));
  }

  /** Forgets a partition that belongs to somebody else now. */
  public void drop(int partition) {
    partitions.remove(partition);
  }

  /**
   * Takes a record, unless it is done already.
   *
   * @throws IllegalStateException when the partition was not begun or offsets go backwards
   */
  public void add(ConsumerRecord<byte[], byte[]> record) {
    begun(record.partition()).add(record);
  }

  /** Tells that everything before the position was read, though not all of it were records. */
  public void advance(int partition, long position) {
    begun(partition).advance(position);
  }

  /** The next records, in the order of their turns; empty where nothing waits. */
  public List<Place> choose(Most most) {
    PriorityQueue<Contender> contenders = contenders();
    List<Place> chosen = new ArrayList<>();
    long bytes = 0;
    while (chosen.size() < most.records() && bytes < most.bytes() && !contenders.isEmpty()) {
      Contender next = contenders.remove();
      chosen.add(next.place());
      bytes += next.choose();
      if (next.more()) {
        contenders.add(next);
      }
    }
    return chosen;
  }

  /** These are done: what was chosen, in the order of the choice. */
  public void done(List<Place> places) {
    places.forEach(place -> begun(place.partition()).done(place.offset()));
  }

  /** The log no longer has these, which were chosen: nothing else can become of them. */
  public void forget(List<Place> places) {
    places.forEach(place -> begun(place.partition()).forget(place.offset()));
  }

  /** What to commit of a partition. */
  public OffsetAndMetadata mark(int partition) {
    return begun(partition).mark().committed();
  }

  /** Partitions that were begun. */
  public Set<Integer> partitions() {
    return Set.copyOf(partitions.keySet());
  }

  /** Records of a partition that were read and are not done. */
  public long waiting(int partition) {
    return begun(partition).waiting();
  }

  /** The same of all partitions. */
  public long waiting() {
    return partitions.values().stream().mapToLong(PartitionTurns::waiting).sum();
  }

  /** When the log took the oldest record that waits to be chosen, milliseconds since the epoch. */
  public OptionalLong oldestMs() {
    return partitions.values().stream()
        .map(PartitionTurns::oldestMs)
        .filter(OptionalLong::isPresent)
        .mapToLong(OptionalLong::getAsLong)
        .min();
  }

  private PriorityQueue<Contender> contenders() {
    PriorityQueue<Contender> contenders =
        new PriorityQueue<>(
            Comparator.comparingLong(Contender::taken)
                .thenComparingLong(Contender::offset)
                .thenComparingInt(Contender::partition));
    partitions.forEach(
        (number, partition) -> {
          PartitionTurns.Eligible eligible = partition.eligible(MOST_BEHIND);
          eligible.keys().stream()
              .filter(eligible::has)
              .forEach(key -> contenders.add(new Contender(number, partition, eligible, key)));
        });
    return contenders;
  }

  private PartitionTurns begun(int partition) {
    PartitionTurns turns = partitions.get(partition);
    if (turns == null) {
      throw new IllegalStateException("partition " + partition + " was not begun");
    }
    return turns;
  }

  /** A key that wants its turn. */
  private static final class Contender {
    private final int partition;
    private final PartitionTurns turns;
    private final PartitionTurns.Eligible eligible;
    private final KeyQueue key;
    private long taken;

    Contender(int partition, PartitionTurns turns, PartitionTurns.Eligible eligible, KeyQueue key) {
      this.partition = partition;
      this.turns = turns;
      this.eligible = eligible;
      this.key = key;
    }

    long taken() {
      return taken;
    }

    long offset() {
      return key.nextOffset();
    }

    int partition() {
      return partition;
    }

    Place place() {
      return new Place(partition, key.nextOffset());
    }

    long choose() {
      long bytes = turns.choose(key);
      taken += bytes;
      return bytes;
    }

    boolean more() {
      return eligible.has(key);
    }
  }
}
