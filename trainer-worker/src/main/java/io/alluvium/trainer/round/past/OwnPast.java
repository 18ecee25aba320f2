package io.alluvium.trainer.round.past;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.gate.measure.GateInputs.OwnSkill;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Held-out records of what an adapter learned earlier, each with the loss that it is held to.
 *
 * <p>Of each group the newest are kept, so a source whose truth changes outgrows its own past,
 * while one that falls silent keeps it.
 *
 * @param kept oldest first, each place once
 */
public record OwnPast(List<Kept> kept) {
  /** Of an adapter without one. */
  public static final OwnPast NONE = new OwnPast(List.of());

  /** Copies the list. */
  public OwnPast {
    kept = List.copyOf(kept);
  }

  /** Where the records stand. */
  public List<Place> places() {
    return kept.stream().map(Kept::place).toList();
  }

  /** Those alone that satisfy a condition. */
  public OwnPast only(Predicate<Kept> condition) {
    return new OwnPast(kept.stream().filter(condition).toList());
  }

  /**
   * What is left when newer records of the groups come, the oldest going first.
   *
   * @param newer how many come, by group
   * @param most records over all groups
   */
  public OwnPast displacedBy(Map<String, Long> newer, int most) {
    Map<String, Long> room = new HashMap<>(newer);
    Set<String> groups = new HashSet<>(newer.keySet());
    kept.forEach(one -> groups.add(one.group()));
    long quota = most / Math.max(1, groups.size());
    List<Kept> newest = new ArrayList<>();
    for (int index = kept.size() - 1; index >= 0; index--) {
      if (room.merge(kept.get(index).group(), 1L, Long::sum) <= quota) {
        newest.add(kept.get(index));
      }
    }
    Collections.reverse(newest);
    return new OwnPast(newest);
  }

  /**
   * How a candidate does on each group.
   *
   * @param losses of the candidate, nats per response token, for every place that counts
   */
  public List<OwnSkill> skills(Map<Place, Double> losses) {
    return byGroup(losses).entrySet().stream()
        .map(group -> skill(group.getKey(), group.getValue(), losses))
        .toList();
  }

  /**
   * The past of a released candidate. Where it is the best so far on a group, the whole group is
   * held to its losses from now on.
   *
   * @param losses of the candidate for every place that was measured
   * @param fresh held-out records that it was released on, their best being its losses
   * @param most records over all groups
   */
  public OwnPast released(Map<Place, Double> losses, List<Kept> fresh, int most) {
    Set<String> better =
        skills(losses).stream()
            .filter(skill -> skill.candidate() < skill.best())
            .map(OwnSkill::group)
            .collect(Collectors.toSet());
    Set<Place> renewed = fresh.stream().map(Kept::place).collect(Collectors.toSet());
    List<Kept> all = new ArrayList<>();
    for (Kept one : kept) {
      if (!renewed.contains(one.place())) {
        Double loss = losses.get(one.place());
        all.add(loss != null && better.contains(one.group()) ? one.withBest(loss) : one);
      }
    }
    all.addAll(fresh);
    return new OwnPast(all).displacedBy(Map.of(), most);
  }

  /** How many of each group there are. */
  public Map<String, Long> sizes() {
    return kept.stream().collect(groupingBy(Kept::group, TreeMap::new, counting()));
  }

  private Map<String, List<Kept>> byGroup(Map<Place, Double> losses) {
    return kept.stream()
        .filter(one -> losses.containsKey(one.place()))
        .collect(groupingBy(Kept::group, TreeMap::new, Collectors.toList()));
  }

  private static OwnSkill skill(String group, List<Kept> members, Map<Place, Double> losses) {
    return new OwnSkill(
        group,
        members.stream().collect(averagingDouble(Kept::base)),
        members.stream().collect(averagingDouble(Kept::best)),
        members.stream()
            .collect(averagingDouble(one -> Objects.requireNonNull(losses.get(one.place())))),
        members.size());
  }
}
