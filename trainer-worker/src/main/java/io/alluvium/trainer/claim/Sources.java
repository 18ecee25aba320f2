package io.alluvium.trainer.claim;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics that a role reads as one, and their partitions by number.
 *
 * <p>The partitions of the main topic have their own numbers. Those of a lane follow from the
 * lane's name and nothing else, so that they mean the same to every worker and at every time. Any
 * thread.
 */
public final class Sources {
  private static final int PARTITION_BITS = 16;
  private static final int LANES = 1 << 14;
  private static final Pattern LANE =
      Pattern.compile(".*training\\.(?!training$)([a-z0-9][a-z0-9-]*)");

  /** Number of each topic's first partition; asked for with every record. */
  private static final Map<String, Integer> FIRST = new ConcurrentHashMap<>();

  private final String main;
  private final AtomicReference<List<String>> topics;

  private Sources(String main) {
    this.main = main;
    this.topics = new AtomicReference<>(List.of(main));
  }

  /** A topic, and no lanes yet. */
  public static Sources of(String main) {
    return new Sources(main);
  }

  /** The number of a partition, of whatever topic. */
  public static int number(String topic, int partition) {
    return FIRST.computeIfAbsent(topic, Sources::first) + partition;
  }

  private static int first(String topic) {
    Matcher lane = LANE.matcher(topic);
    return lane.matches()
        ? (1 + Math.floorMod(lane.group(1).hashCode(), LANES)) << PARTITION_BITS
        : 0;
  }

  /**
   * Takes in lanes among the names of topics.
   *
   * @return the lanes that are new
   * @throws IllegalArgumentException when two lanes would have the same numbers
   */
  public List<String> learn(Collection<String> names) {
    List<String> before = topics();
    List<String> found =
        names.stream()
            .filter(name -> name.startsWith(main + ".") && isLane(name) && !before.contains(name))
            .sorted()
            .toList();
    List<String> all = Stream.concat(before.stream(), new TreeSet<>(found).stream()).toList();
    all.forEach(name -> requireOwnNumber(name, all));
    topics.set(all);
    return found;
  }

  /** The main topic, then the lanes. */
  public List<String> topics() {
    return Objects.requireNonNull(topics.get());
  }

  /** Whether a topic is one of them. */
  public boolean hold(String topic) {
    return topics().contains(topic);
  }

  /** Where a number leads; empty for one of a lane that is no more. */
  public Optional<TopicPartition> at(int number) {
    int partition = number & ((1 << PARTITION_BITS) - 1);
    return topics().stream()
        .filter(topic -> number(topic, partition) == number)
        .findFirst()
        .map(topic -> new TopicPartition(topic, partition));
  }

  /** The partitions that a key has: the same one of each topic. */
  public List<Integer> siblings(int number) {
    int partition = number & ((1 << PARTITION_BITS) - 1);
    return topics().stream().map(topic -> number(topic, partition)).toList();
  }

  /** As meters name it: the number of a partition, behind the lane's name where it is one's. */
  public String label(int number) {
    return at(number)
        .map(at -> at.topic().substring(main.length()) + "-" + at.partition())
        .map(label -> label.substring(1))
        .orElseGet(() -> Integer.toString(number));
  }

  /** As messages name it. */
  public String name(int number) {
    return at(number).map(TopicPartition::toString).orElse("partition " + number);
  }

  private static boolean isLane(String name) {
    return number(name, 0) != 0;
  }

  private static void requireOwnNumber(String name, List<String> all) {
    List<String> same = all.stream().filter(other -> number(other, 0) == number(name, 0)).toList();
    if (isLane(name) && same.size() > 1) {
      throw new IllegalArgumentException(
          "lanes %s cannot be told apart: give one another name".formatted(same));
    }
  }
}
