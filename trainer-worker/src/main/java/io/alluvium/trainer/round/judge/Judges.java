package io.alluvium.trainer.round.judge;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.division.Division;
import io.alluvium.trainer.round.division.Division.Part;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.past.OwnPast;
import io.alluvium.trainer.round.past.Questions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Held-out records that a candidate is judged by, none of which was ever trained on.
 *
 * @param gain those of the window and of the rounds since training left the released version, and
 *     the newest of earlier ones where these are few: on them the candidate must be better
 * @param past those of what the released version learned earlier: on them it must not be worse
 * @param pastParts the records of {@code past} that the log still has
 * @param before of both those from before the window whose sources the window teaches, newest
 *     first: on them learning from the window must not do harm
 */
public record Judges(List<Part> gain, OwnPast past, List<Part> pastParts, List<Part> before) {
  /** With fewer judges, earlier ones are added. */
  private static final int FEW = 32;

  /** More would make rounds slow to judge and tell little more. */
  private static final int MOST_BEFORE = 64;

  /**
   * Finds them in the log.
   *
   * @param recall reads it
   * @param divider makes items
   * @param mostPast most records of the past
   */
  public record Finder(Recall recall, Divider divider, int mostPast) {

    /**
     * The judges of a round. Of those from before its line of training, what a newer record answers
     * otherwise judges no more.
     */
    public Judges find(RoundPlan plan, Division division, OwnPast past) {
      AdapterLine line = plan.line();
      List<Part> gain = new ArrayList<>(parts(plan, line.evidence()));
      gain.addAll(division.heldOut());
      Questions questions = new Questions();
      holding(division.training(), questions);
      holding(gain, questions);
      List<Part> refused = parts(plan, line.refused());
      List<Part> since = holding(refused, questions);
      fill(gain, since);
      if (gain.size() < FEW) {
        fill(gain, holding(parts(plan, line.earlier()), questions));
      }
      OwnPast left = past.displacedBy(groups(refused), mostPast);
      List<Part> parts = holding(parts(plan, left.places()), questions);
      return new Judges(gain, left, parts, before(division, gain, parts));
    }

    private List<Part> parts(RoundPlan plan, Collection<Place> places) {
      return places.isEmpty()
          ? List.of()
          : divider.divide(recall.read(plan.adapter(), places), plan.erasures()).heldOut();
    }
  }

  /** What the window says otherwise is none of it, whether it is evidence or past. */
  private static List<Part> before(Division division, List<Part> gain, List<Part> past) {
    Questions questions = new Questions();
    holding(division.training(), questions);
    holding(division.heldOut(), questions);
    Set<Place> own = division.heldOut().stream().map(Judges::place).collect(toSet());
    Set<String> taught = division.groupsTaught();
    List<Part> older =
        Stream.concat(past.stream(), gain.stream())
            .filter(part -> own.add(place(part)) && taught.contains(part.entry().group()))
            .sorted(comparing(part -> part.entry().raw().timestamp()))
            .toList();
    return newestFirst(holding(older, questions)).stream().limit(MOST_BEFORE).toList();
  }

  private static Place place(Part part) {
    return part.entry().place();
  }

  private static void fill(List<Part> gain, List<Part> older) {
    int missing = Math.min(older.size(), Math.max(0, FEW - gain.size()));
    gain.addAll(0, older.subList(older.size() - missing, older.size()));
  }

  private static List<Part> holding(List<Part> parts, Questions questions) {
    List<Part> held =
        newestFirst(parts).stream().filter(part -> questions.holds(part.item().tokens())).toList();
    return newestFirst(held);
  }

  /** Turns an order round. */
  private static <T> List<T> newestFirst(List<T> oldestFirst) {
    List<T> reversed = new ArrayList<>(oldestFirst);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Map<String, Long> groups(List<Part> parts) {
    return new HashMap<>(
        parts.stream().collect(groupingBy(part -> part.entry().group(), counting())));
  }
}
