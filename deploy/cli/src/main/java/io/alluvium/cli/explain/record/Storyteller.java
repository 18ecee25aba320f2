package io.alluvium.cli.explain.record;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.schemas.AdapterVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts an example's story together.
 *
 * @param index where it was seen
 * @param events reads version events at offsets
 */
public record Storyteller(
    ExplainIndex index, Function<Collection<Long>, List<AdapterVersion>> events) {

  /**
   * The stories of an id, one for each adapter that had such a record.
   *
   * @param adapter the only one that is meant; null for all
   */
  public List<RecordStory> of(String exampleId, @Nullable String adapter) {
    SortedMap<String, List<Sighting>> byAdapter =
        index.sightings(exampleId).stream()
            .filter(one -> adapter == null || one.adapter().equals(adapter))
            .collect(groupingBy(Sighting::adapter, TreeMap::new, toList()));
    List<RecordStory> stories = new ArrayList<>();
    byAdapter.forEach((id, sightings) -> stories.add(story(exampleId, id, sightings)));
    return stories;
  }

  private RecordStory story(String exampleId, String adapter, List<Sighting> sightings) {
    List<Sighting> weighed =
        sightings.stream().filter(one -> one.facts() instanceof Facts.Weighed).toList();
    Map<Sighting, WindowOf> windows = new HashMap<>();
    weighed.forEach(
        one -> index.windowOf(adapter, one.place()).ifPresent(window -> windows.put(one, window)));
    Map<Long, AdapterVersion> known = events(adapter, windows.values());
    Map<Sighting, Fate> fates = new HashMap<>();
    for (Sighting one : weighed) {
      WindowOf window = windows.get(one);
      AdapterVersion event = window == null ? null : known.get(window.version());
      Optional<Facts.Refused> refusal = refusal(sightings, one.place());
      fates.put(one, event == null ? untaken(one, refusal) : taken(one, event, refusal));
    }
    return new RecordStory(exampleId, adapter, sightings, fates);
  }

  private Map<Long, AdapterVersion> events(String adapter, Collection<WindowOf> windows) {
    SortedMap<Long, Long> offsets = index.events(adapter);
    Collection<Long> wanted = new TreeSet<>();
    windows.forEach(window -> wanted.add(Objects.requireNonNull(offsets.get(window.version()))));
    Map<Long, AdapterVersion> events = new HashMap<>();
    if (!wanted.isEmpty()) {
      this.events.apply(wanted).forEach(event -> events.put(event.getVersion(), event));
    }
    return events;
  }

  private static Optional<Facts.Refused> refusal(List<Sighting> sightings, Place place) {
    return sightings.stream()
        .map(Sighting::facts)
        .flatMap(
            facts ->
                facts instanceof Facts.Refused refused && refused.origin().equals(place)
                    ? Optional.of(refused).stream()
                    : Optional.<Facts.Refused>empty().stream())
        .findFirst();
  }

  private Fate untaken(Sighting one, Optional<Facts.Refused> refusal) {
    if (refusal.isPresent()) {
      return new Fate.RefusedByTrainer(refusal.get());
    }
    long settled = index.settledBelow(one.adapter(), one.place());
    return one.place().offset() < settled
        ? new Fate.PassedOver(settled)
        : new Fate.Waiting(settled);
  }

  /** Which of its window's records were held out is what the event lists. */
  private static Fate taken(Sighting one, AdapterVersion event, Optional<Facts.Refused> refusal) {
    if (refusal.isPresent()) {
      return new Fate.SetAside(event, refusal.get());
    }
    long offset = one.place().offset();
    List<Long> heldOut = event.getHeldOut();
    if (heldOut.contains(offset)) {
      return new Fate.HeldOut(event);
    }
    boolean all = heldOut.size() == event.getCounts().getHeldOut();
    return all || (!heldOut.isEmpty() && offset > heldOut.get(0))
        ? new Fate.Trained(event)
        : new Fate.EitherWay(event);
  }
}
