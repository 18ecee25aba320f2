package io.alluvium.cli.produce.fate;

import io.alluvium.cli.connect.TopicReader.Entry;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Books what was sent and what became of it. A refusal before acceptance is known by where the
 * record stood; an acceptance by adapter and id, since an accepted example no longer says where it
 * stood. Pure; safe for several threads.
 */
public final class Fates {
  private final String topic;
  private final Map<Place, String> origins = new HashMap<>();
  private final Map<Place, Name> unrefused = new HashMap<>();
  private final Map<Name, Tally> names = new HashMap<>();
  private final Map<Name, Entry<WeightedExample>> arrived = new HashMap<>();
  private final Set<Name> refusedLater = new HashSet<>();
  private final SortedMap<String, Long> refusedByReason = new TreeMap<>();
  private long unsettled;
  private long accepted;

  /**
   * Nothing sent yet.
   *
   * @param topic to which records are sent
   */
  public Fates(String topic) {
    this.topic = topic;
  }

  /** Books a record that the broker has. */
  synchronized void sent(Place place, TrainingExample example, String origin) {
    Name name = new Name(example.getAdapter(), example.getId());
    origins.put(place, origin);
    unrefused.put(place, name);
    change(name, tally -> tally.waiting++);
  }

  /** Books an acceptance; of an id that was not sent here it means nothing. */
  synchronized void accepted(TrainingExample example) {
    Name name = new Name(example.getAdapter(), example.getId());
    Tally tally = names.get(name);
    if (tally != null && tally.accepted < tally.waiting) {
      accepted++;
      change(name, known -> known.accepted++);
    }
  }

  /**
   * Books a refusal of any stage.
   *
   * @return what the caller calls the record, where it is one that was sent here
   */
  synchronized Optional<String> refused(Rejection rejection) {
    Place place =
        new Place(rejection.getOrigin().getPartition(), rejection.getOrigin().getOffset());
    Name sent = rejection.getOrigin().getTopic().equals(topic) ? unrefused.remove(place) : null;
    if (sent != null) {
      change(sent, tally -> tally.waiting--);
      count(rejection);
      return Optional.ofNullable(origins.get(place));
    }
    return later(rejection);
  }

  private Optional<String> later(Rejection rejection) {
    String adapter = rejection.getAdapter();
    String id = rejection.getExampleId();
    if (rejection.getOrigin().getTopic().equals(topic) || adapter == null || id == null) {
      return Optional.empty();
    }
    Name name = new Name(adapter, id);
    if (!isAccepted(name) || !refusedLater.add(name)) {
      return Optional.empty();
    }
    count(rejection);
    return Optional.of(id);
  }

  private void count(Rejection rejection) {
    refusedByReason.merge(rejection.getReason(), 1L, Long::sum);
  }

  /** Books a record of the training topic; a replay is none that was sent. */
  synchronized void arrived(Entry<WeightedExample> entry) {
    TrainingExample example = entry.value().getScored().getExample();
    if (entry.value().getReplayOf() == null) {
      arrived.put(new Name(example.getAdapter(), example.getId()), entry);
    }
  }

  private boolean isAccepted(Name name) {
    Tally tally = names.get(name);
    return tally != null && tally.accepted > 0;
  }

  private void change(Name name, java.util.function.Consumer<Tally> change) {
    Tally tally = names.computeIfAbsent(name, unseen -> new Tally());
    unsettled -= tally.open();
    change.accept(tally);
    unsettled += tally.open();
  }

  /** Records that are neither accepted nor refused. */
  public synchronized long unsettled() {
    return unsettled;
  }

  /** Records that were accepted, whatever became of them later. */
  public synchronized long accepted() {
    return accepted;
  }

  /** Refused records by reason, over all stages. */
  public synchronized SortedMap<String, Long> refusedByReason() {
    return new TreeMap<>(refusedByReason);
  }

  /** Accepted records whose round has ended. */
  public synchronized long trained(Windows windows) {
    return arrived.entrySet().stream()
        .filter(entry -> isAccepted(entry.getKey()) && !refusedLater.contains(entry.getKey()))
        .filter(entry -> windows.hold(entry.getValue()))
        .count();
  }

  /** Accepted records that are neither refused nor in a window. */
  public synchronized long underWay(Windows windows) {
    return accepted - refusedLater.size() - trained(windows);
  }

  /**
   * Where a record stands in the topic.
   *
   * @param partition the partition
   * @param offset in the partition
   */
  record Place(int partition, long offset) {}

  private record Name(String adapter, String id) {}

  /** Of one name: records not refused, and how many of them are known to be accepted. */
  private static final class Tally {
    private long waiting;
    private long accepted;

    long open() {
      return Math.max(0, waiting - accepted);
    }
  }
}
