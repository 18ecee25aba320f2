package io.alluvium.cli.order;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.hold.Erasure;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.hold.StableHash;
import io.alluvium.streams.route.wait.ReviewAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What waits for an operator, as the topics tell: put to review, neither answered nor expired nor
 * erased by id or subject. Pure but for {@link #read}.
 */
public final class Waiting {
  private static final int NOWHERE = -1;
  private static final Set<String> ENDS = Set.of("REVIEW_EXPIRED", "DROPPED");

  private final Map<Place, Item> items = new LinkedHashMap<>();

  /** From the topics as they are now. */
  public static Waiting read(Cluster cluster) {
    Waiting waiting = new Waiting();
    all(cluster.read(cluster.topics().review()))
        .forEach(entry -> waiting.put(new Item(entry.time(), entry.value())));
    all(cluster.read(cluster.topics().rejected())).forEach(entry -> waiting.refused(entry.value()));
    all(cluster.read(cluster.topics().commands())).forEach(entry -> waiting.obey(entry.value()));
    return waiting;
  }

  private static <V extends SpecificRecord> List<TopicReader.Entry<V>> all(TopicReader<V> topic) {
    try (topic) {
      return topic.rest();
    }
  }

  void put(Item item) {
    items.put(new Place(item.example().getAdapter(), item.example().getId()), item);
  }

  void refused(Rejection rejection) {
    String adapter = rejection.getAdapter();
    String id = rejection.getExampleId();
    if (adapter != null && id != null && ENDS.contains(rejection.getReason())) {
      items.computeIfPresent(
          new Place(adapter, id),
          (place, item) -> item.since().isAfter(rejection.getRejectedAt()) ? item : null);
    }
  }

  void obey(AdapterCommand order) {
    items.values().removeIf(item -> item.isMeant(order));
  }

  /** All, in the order in which they came per partition. */
  public Collection<Item> all() {
    return items.values();
  }

  /** Ids of one adapter. */
  public List<String> of(String adapter) {
    List<String> ids = new ArrayList<>();
    for (Place place : items.keySet()) {
      if (place.adapter().equals(adapter)) {
        ids.add(place.id());
      }
    }
    return ids;
  }

  private record Place(String adapter, String id) {}

  /**
   * One example.
   *
   * @param since when it was put to review
   * @param value what is known of it
   */
  public record Item(Instant since, WeightedExample value) {
    /** The example as its producer sent it. */
    public TrainingExample example() {
      return value.getScored().getExample();
    }

    /** By streams-app's own reading of orders; offsets of examples.scored are not known here. */
    private boolean isMeant(AdapterCommand order) {
      String adapter = example().getAdapter();
      boolean isErased =
          Erasure.of(order)
              .filter(erasure -> erasure.isFor(adapter))
              .filter(erasure -> erasure.means(kept(), value::getScored))
              .isPresent();
      return isErased
          || (order.getAdapter().equals(adapter)
              && ReviewAnswer.meant(order).filter(meant -> meant.test(kept())).isPresent());
    }

    private KeptExample kept() {
      String subject = example().getSubject();
      return new KeptExample(
          0,
          0,
          0,
          StableHash.of(example().getId()),
          subject == null ? 0 : StableHash.of(subject),
          NOWHERE,
          NOWHERE,
          since.toEpochMilli());
    }
  }
}
