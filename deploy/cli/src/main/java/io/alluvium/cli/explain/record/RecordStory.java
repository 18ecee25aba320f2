package io.alluvium.cli.explain.record;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Sighting;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What became of an example of one adapter.
 *
 * @param id the example's
 * @param adapter whose it is; empty where it could not be read
 * @param sightings wherever it was seen, in the order of the flow
 * @param fates what became of it where it stands in a training topic, by sighting
 */
public record RecordStory(
    String id, String adapter, List<Sighting> sightings, Map<Sighting, Fate> fates) {

  private static final List<Class<? extends Facts>> FLOW =
      List.of(
          Facts.Sent.class,
          Facts.Accepted.class,
          Facts.Scored.class,
          Facts.InReview.class,
          Facts.Weighed.class,
          Facts.Refused.class);

  /** Copies, and brings sightings into order. */
  public RecordStory {
    fates = Map.copyOf(fates);
    sightings =
        sightings.stream()
            .sorted(
                Comparator.comparingInt((Sighting one) -> FLOW.indexOf(one.facts().getClass()))
                    .thenComparingLong(Sighting::timeMs)
                    .thenComparing(one -> one.place().toString()))
            .toList();
  }

  /** Whether it was seen with such facts. */
  boolean seen(Class<? extends Facts> facts) {
    return sightings.stream().anyMatch(one -> facts.isInstance(one.facts()));
  }

  /** How many of its records met such a fate. */
  long count(Class<? extends Fate> fate) {
    return fates.values().stream().filter(fate::isInstance).count();
  }

  /** In a few words: where it stands now. */
  public Standing standing() {
    if (count(Fate.Trained.class) + count(Fate.EitherWay.class) > 0) {
      return Standing.TRAINED;
    }
    if (count(Fate.HeldOut.class) > 0) {
      return Standing.HELD_OUT;
    }
    if (count(Fate.SetAside.class) + count(Fate.RefusedByTrainer.class) > 0) {
      return Standing.SET_ASIDE;
    }
    return fates.isEmpty() ? upstream() : Standing.WAITS_FOR_WINDOW;
  }

  /** A refusal upstream ends only a record that came no further. */
  private Standing upstream() {
    if (seen(Facts.Refused.class)) {
      return Standing.REFUSED;
    }
    if (seen(Facts.InReview.class)) {
      return Standing.WAITS_FOR_REVIEW;
    }
    if (seen(Facts.Scored.class)) {
      return Standing.WAITS_FOR_WEIGHT;
    }
    return seen(Facts.Accepted.class) ? Standing.WAITS_FOR_SCORE : Standing.WAITS_FOR_ADMISSION;
  }

  /** Where an example stands. */
  public enum Standing {
    /** A version learned from it. */
    TRAINED("trained on"),
    /** It judges candidates and was never trained on. */
    HELD_OUT("held out, judges candidates"),
    /** The trainer set it aside. */
    SET_ASIDE("set aside by the trainer"),
    /** A stage refused it. */
    REFUSED("refused"),
    /** It stands in a training topic, in no window yet. */
    WAITS_FOR_WINDOW("weighed, waits for a window: `alluvium status` says for how many records"),
    /** An operator decides. */
    WAITS_FOR_REVIEW("waits for an operator: `alluvium review list`"),
    /** The scorer is done with it. */
    WAITS_FOR_WEIGHT("scored, waits for its weight: streams-app has not come to it"),
    /** Accepted and no more. */
    WAITS_FOR_SCORE("accepted, waits for its score: the scorer has not come to it"),
    /** Sent and no more. */
    WAITS_FOR_ADMISSION("sent, waits for admission: streams-app has not come to it");

    private final String words;

    Standing(String words) {
      this.words = words;
    }

    /** For a person. */
    public String words() {
      return words;
    }
  }
}
