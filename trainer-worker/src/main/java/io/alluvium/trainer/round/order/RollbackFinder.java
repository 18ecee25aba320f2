package io.alluvium.trainer.round.order;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.publish.store.BrokenArtifactException;
import io.alluvium.trainer.round.order.Finding.Possible;
import io.alluvium.trainer.round.order.Finding.Refused;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether an order to go back can be obeyed. For the tensor thread.
 *
 * @param digest of the base in use
 * @param store of folders
 * @param recall reads what was trained on
 */
public record RollbackFinder(String digest, ArtifactStore store, Recall recall) {
  /** Records after the version are out of use: what an order means that says nothing. */
  public static final String QUARANTINE = "quarantine";

  /** Records after the version stay in use. */
  public static final String KEEP = "keep";

  /** Offsets asked for at once. */
  private static final int SLICE = 10_000;

  /**
   * Looks at an order.
   *
   * @param events of the adapter, all of them, oldest first
   * @throws IOException when the store fails
   * @throws org.apache.kafka.common.errors.TimeoutException when the broker sends nothing
   */
  public Finding find(AdapterCommand order, List<AdapterVersion> events) throws IOException {
    String records = Objects.requireNonNullElse(order.getArgument(), QUARANTINE);
    if (!records.equals(QUARANTINE) && !records.equals(KEEP)) {
      return new Refused(
          "\"%s\" says nothing of the records after it: say %s or %s"
              .formatted(records, QUARANTINE, KEEP));
    }
    Long wanted = order.getVersion();
    Optional<AdapterVersion> target =
        events.stream().filter(event -> Objects.equals(event.getVersion(), wanted)).findFirst();
    Optional<String> against =
        target.isEmpty() ? Optional.of(unknown(wanted, events)) : against(target.get(), events);
    return against.isPresent()
        ? new Refused(against.get())
        : possible(target.orElseThrow(), events, records);
  }

  private Finding possible(AdapterVersion target, List<AdapterVersion> events, String records) {
    if (records.equals(KEEP)) {
      return new Possible(target, List.of(), List.of());
    }
    List<OffsetRange> trained = windowsAfter(target, events);
    return new Possible(target, trained, origins(target.getAdapter(), trained));
  }

  private static String unknown(@Nullable Long wanted, List<?> events) {
    return wanted == null
        ? "it names no version"
        : "there is no version %d, the last is %d".formatted(wanted, events.size());
  }

  /** Why an event's version cannot be current again. */
  private Optional<String> against(AdapterVersion target, List<AdapterVersion> events)
      throws IOException {
    long version = target.getVersion();
    Artifact artifact = target.getArtifact();
    if (target.getOutcome() == Outcome.ROLLED_BACK) {
      return Optional.of(
          "version %d is version %d again: name that"
              .formatted(version, target.getParentVersion()));
    }
    if (target.getOutcome() != Outcome.RELEASED || artifact == null) {
      return Optional.of(
          "version %d was never released (%s)".formatted(version, target.getOutcome()));
    }
    if (isCurrent(target, events.get(events.size() - 1))) {
      return Optional.of("version %d is current, and nothing came after it".formatted(version));
    }
    if (!target.getBase().getDigest().equals(digest)) {
      return Optional.of(
          "version %d is of another base, %s".formatted(version, target.getBase().getName()));
    }
    return damage(artifact).map(what -> "version %d cannot be read: %s".formatted(version, what));
  }

  private static boolean isCurrent(AdapterVersion target, AdapterVersion last) {
    return last.equals(target)
        || (last.getOutcome() == Outcome.ROLLED_BACK
            && Objects.equals(last.getParentVersion(), target.getVersion()));
  }

  private Optional<String> damage(Artifact artifact) throws IOException {
    try {
      store.verify(artifact);
      return Optional.empty();
    } catch (BrokenArtifactException broken) {
      return Optional.of(String.valueOf(broken.getMessage()));
    }
  }

  /** From the first record of the rounds after it to the last one's end, partition by partition. */
  private static List<OffsetRange> windowsAfter(
      AdapterVersion target, List<AdapterVersion> events) {
    Map<String, OffsetRange> ranges = new TreeMap<>();
    events.stream()
        .filter(event -> event.getVersion() > target.getVersion())
        .map(AdapterVersion::getWindow)
        .filter(window -> window.getFirstOffset() < window.getNextOffset())
        .forEach(window -> merge(ranges, window));
    return List.copyOf(ranges.values());
  }

  private List<OffsetRange> origins(String adapter, Collection<OffsetRange> trained) {
    Map<String, OffsetRange> ranges = new TreeMap<>();
    for (OffsetRange range : trained) {
      int partition = Sources.number(range.getTopic(), range.getPartition());
      for (long from = range.getFirstOffset(); from < range.getNextOffset(); from += SLICE) {
        long to = Math.min(range.getNextOffset(), from + SLICE);
        List<Long> offsets = LongStream.range(from, to).boxed().toList();
        recall.read(adapter, partition, offsets).forEach(entry -> mergeOrigin(ranges, entry));
      }
    }
    return List.copyOf(ranges.values());
  }

  /** What a round replayed was learned before, and may be replayed again. */
  private static void mergeOrigin(Map<String, OffsetRange> ranges, Entry entry) {
    if (entry.example().getReplayOf() == null) {
      RecordOrigin at = entry.example().getScored().getOrigin();
      merge(
          ranges,
          new OffsetRange(at.getTopic(), at.getPartition(), at.getOffset(), at.getOffset() + 1));
    }
  }

  private static void merge(Map<String, OffsetRange> ranges, OffsetRange more) {
    ranges.merge(
        more.getTopic() + "-" + more.getPartition(),
        more,
        (one, other) ->
            new OffsetRange(
                one.getTopic(),
                one.getPartition(),
                Math.min(one.getFirstOffset(), other.getFirstOffset()),
                Math.max(one.getNextOffset(), other.getNextOffset())));
  }
}
