package io.alluvium.cli.produce.fate;

import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Books what was sent and what became of it. A refusal before acceptance is known by where the
 * record stood; an acceptance by adapter and id, since an accepted example no longer says where it
 * stood. What a later stage refuses was accepted before, whichever is read first, and is refused.
 * Pure; safe for several threads.
 */
public final class Fates {
  private final String topic;
  private final Map<Place, String> origins = new HashMap<>();
  private final Map<Place, Name> unrefused = new HashMap<>();
  private final Map<Name, Tally> names = new HashMap<>();
  private final Windows windows = new Windows();
  private final SortedMap<String, Long> refusedByReason = new TreeMap<>();
  private long unsettled;
  private long accepted;
  private long trained;

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
    Name name = Name.of(example);
    origins.put(place, origin);
    unrefused.put(place, name);
    names.computeIfAbsent(name, unseen -> new Tally());
    change(name, tally -> tally.waiting++);
  }

  /** Books an acceptance; of an id that was not sent here it means nothing. */
  synchronized void accepted(TrainingExample example) {
    change(Name.of(example), tally -> tally.accepted++);
  }

  /**
   * Books a refusal of any stage.
   *
   * @return what the caller calls the record, where it is one that was sent here
   */
  synchronized Optional<String> refused(Rejection rejection) {
    return rejection.getOrigin().getTopic().equals(topic) ? atOnce(rejection) : later(rejection);
  }

  private Optional<String> atOnce(Rejection rejection) {
    Place place =
        new Place(rejection.getOrigin().getPartition(), rejection.getOrigin().getOffset());
    Name sent = unrefused.remove(place);
    if (sent == null) {
      return Optional.empty();
    }
    change(sent, tally -> tally.waiting--);
    count(rejection);
    return Optional.ofNullable(origins.get(place));
  }

  private Optional<String> later(Rejection rejection) {
    String adapter = rejection.getAdapter();
    String id = rejection.getExampleId();
    Tally tally = adapter == null || id == null ? null : names.get(new Name(adapter, id));
    if (tally == null || tally.refused == tally.waiting) {
      return Optional.empty();
    }
    change(new Name(adapter, id), known -> known.refused++);
    count(rejection);
    return Optional.of(id);
  }

  private void count(Rejection rejection) {
    refusedByReason.merge(rejection.getReason(), 1L, Long::sum);
  }

  /** Books a record of the training topic or of a lane; a replay is none that was sent. */
  synchronized void arrived(Entry<WeightedExample> entry) {
    Name name = Name.of(entry.value().getScored().getExample());
    if (entry.value().getReplayOf() == null
        && names.containsKey(name)
        && windows.arrived(entry, name)) {
      change(name, tally -> tally.held++);
    }
  }

  /** Books the end of a round. */
  synchronized void published(AdapterVersion event) {
    windows.published(event).forEach(name -> change(name, tally -> tally.held++));
  }

  private void change(Name name, Consumer<Tally> change) {
    Tally tally = names.get(name);
    if (tally != null) {
      count(tally, -1);
      change.accept(tally);
      count(tally, 1);
    }
  }

  private void count(Tally tally, int sign) {
    unsettled += sign * tally.open();
    accepted += sign * tally.well();
    trained += sign * tally.trained();
  }

  /** Records that are neither accepted nor refused. */
  public synchronized long unsettled() {
    return unsettled;
  }

  /** Records that were accepted and that no later stage has refused. */
  public synchronized long accepted() {
    return accepted;
  }

  /** Refused records by reason, over all stages. */
  public synchronized SortedMap<String, Long> refusedByReason() {
    return new TreeMap<>(refusedByReason);
  }

  /** Accepted records whose round has ended. */
  public synchronized long trained() {
    return trained;
  }

  /** Accepted records that are neither refused nor in a window. */
  public synchronized long underWay() {
    return accepted - trained;
  }

  /**
   * Where a record stands in the topic.
   *
   * @param partition the partition
   * @param offset in the partition
   */
  record Place(int partition, long offset) {}

  /** By what a record is known again behind admission. */
  record Name(String adapter, String id) {
    static Name of(TrainingExample example) {
      return new Name(example.getAdapter(), example.getId());
    }
  }

  /**
   * Of one name: records not refused at once, and how many of these are known to be accepted,
   * refused later, and in a window.
   */
  private static final class Tally {
    private long waiting;
    private long accepted;
    private long refused;
    private long held;

    long open() {
      return waiting - passed();
    }

    long well() {
      return Math.max(0, passed() - refused);
    }

    long trained() {
      return Math.min(held, well());
    }

    /** A later refusal shows an acceptance that is not read yet. */
    private long passed() {
      return Math.min(waiting, Math.max(accepted, refused));
    }
  }
}
