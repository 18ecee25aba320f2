package io.alluvium.cli.order.erasure;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.index.ExplainIndex.OfSubject;
import io.alluvium.cli.explain.recall.EventLog;
import io.alluvium.cli.explain.record.Fate;
import io.alluvium.cli.explain.record.RecordStory;
import io.alluvium.cli.explain.record.Storyteller;
import io.alluvium.schemas.AdapterVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Finds what records left in versions, by the index of {@code alluvium explain}. */
final class Traces {
  private final ExplainIndex index;
  private final EventLog log;
  private final Map<Long, AdapterVersion> known = new HashMap<>();

  private Traces(ExplainIndex index, EventLog log) {
    this.index = index;
    this.log = log;
  }

  /**
   * What is meant, as far as it was there.
   *
   * @param adapters which are asked for
   * @param until log time after which a record is another one's business
   */
  record Asked(Meant meant, Predicate<String> adapters, Instant until) {}

  /** Traces of each adapter that had such records in a window. */
  static List<Trace> of(Cluster cluster, ExplainIndex index, Asked asked) {
    try (EventLog log = new EventLog(cluster)) {
      return new Traces(index, log).of(asked);
    }
  }

  private List<Trace> of(Asked asked) {
    Map<String, List<OfSubject>> byAdapter =
        examples(asked.meant()).stream()
            .filter(example -> asked.adapters().test(example.adapter()))
            .collect(groupingBy(OfSubject::adapter, TreeMap::new, toCollection(ArrayList::new)));
    List<Trace> traces = new ArrayList<>();
    byAdapter.forEach(
        (adapter, examples) -> {
          List<Fate> fates =
              examples.stream().flatMap(one -> fates(one, asked.until()).stream()).toList();
          if (fates.stream().anyMatch(Fate.Taken.class::isInstance)) {
            traces.add(Trace.of(events(index.events(adapter).values()), fates));
          }
        });
    return traces.stream().filter(trace -> !trace.steps().isEmpty()).toList();
  }

  private Set<OfSubject> examples(Meant meant) {
    Set<OfSubject> examples = new LinkedHashSet<>();
    meant.subjects().forEach(subject -> examples.addAll(index.ofSubject(subject)));
    for (String id : meant.ids()) {
      index.sightings(id).forEach(seen -> examples.add(new OfSubject(seen.adapter(), id)));
    }
    return examples;
  }

  private List<Fate> fates(OfSubject example, Instant until) {
    List<Fate> fates = new ArrayList<>();
    for (RecordStory story :
        new Storyteller(index, this::events).of(example.exampleId(), example.adapter())) {
      story
          .fates()
          .forEach(
              (seen, fate) -> {
                if (seen.facts() instanceof Facts.Weighed
                    && seen.timeMs() <= until.toEpochMilli()) {
                  fates.add(fate);
                }
              });
    }
    return fates;
  }

  /** Each is read once, however many examples ask for it. */
  private List<AdapterVersion> events(Collection<Long> offsets) {
    for (long offset : offsets) {
      if (!known.containsKey(offset)) {
        log.at(List.of(offset)).forEach(event -> known.put(offset, event));
      }
    }
    return offsets.stream()
        .filter(known::containsKey)
        .map(offset -> Objects.requireNonNull(known.get(offset)))
        .toList();
  }
}
