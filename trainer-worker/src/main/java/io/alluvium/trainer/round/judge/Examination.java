package io.alluvium.trainer.round.judge;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.gate.canary.Canary;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.HeldOutLosses;
import io.alluvium.trainer.gate.measure.GateInputs.Own;
import io.alluvium.trainer.gate.measure.GateInputs.Retention;
import io.alluvium.trainer.gate.measure.GateInputs.Soundness;
import io.alluvium.trainer.gate.measure.GateInputs.Step;
import io.alluvium.trainer.round.division.Division.Part;
import io.alluvium.trainer.round.past.BestSkills;
import io.alluvium.trainer.round.past.Kept;
import io.alluvium.trainer.round.past.OwnPast;
import io.alluvium.trainer.round.start.StartingPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A candidate's losses on its judges.
 *
 * @param evaluator measures
 * @param start what it is held against
 * @param judges what it is judged by
 * @param canaries what it must not have memorised
 */
public record Examination(
    Evaluator evaluator, StartingPoint start, Judges judges, List<Canary> canaries) {

  /** What was measured, with the losses and the scores that a release would be held to. */
  public record Result(
      GateInputs measured, List<Kept> fresh, Map<Place, Double> past, BestSkills best) {
    /** The own past of the candidate once it is released. */
    public OwnPast released(OwnPast before, int most) {
      return before.released(past, fresh, most);
    }
  }

  /**
   * Measures.
   *
   * @param look how many candidates of this line were judged, this one included
   */
  public Result of(LoraWeights candidate, Path staged, int look) throws IOException {
    List<TrainingItem> items = items(judges.gain());
    List<Double> after = evaluator.losses(items, candidate);
    Map<Place, Double> past = pastLosses(candidate);
    List<Retention> retention =
        start.best().hold(evaluator.retention(start.served(), start.servedKey(), candidate));
    GateInputs measured =
        new GateInputs(
            new HeldOutLosses(evaluator.losses(items, start.served(), start.servedKey()), after),
            look,
            retention,
            new Own(judges.past().skills(past), steps(after, past)),
            canaries.stream().map(canary -> canary.under(evaluator, candidate)).toList(),
            new Soundness(candidate.alive(), reloadDifference(candidate, staged, after)));
    return new Result(measured, fresh(after), past, start.best().released(retention));
  }

  /** By group, what the candidate does to what was known where training began. */
  private List<Step> steps(List<Double> gain, Map<Place, Double> past) {
    Map<Place, Double> after = new HashMap<>(past);
    for (int index = 0; index < gain.size(); index++) {
      after.put(judges.gain().get(index).entry().place(), gain.get(index));
    }
    List<Double> before =
        evaluator.losses(items(judges.before()), start.parent().adapter(), start.parentKey());
    Map<String, List<Integer>> byGroup = new TreeMap<>();
    for (int index = 0; index < before.size(); index++) {
      String group = judges.before().get(index).entry().group();
      byGroup.computeIfAbsent(group, any -> new ArrayList<>()).add(index);
    }
    List<Step> steps = new ArrayList<>();
    byGroup.forEach(
        (group, members) ->
            steps.add(
                new Step(
                    group,
                    members.stream().map(before::get).toList(),
                    members.stream()
                        .map(index -> after.get(judges.before().get(index).entry().place()))
                        .toList())));
    return steps;
  }

  private Map<Place, Double> pastLosses(LoraWeights candidate) {
    List<Double> losses = evaluator.losses(items(judges.pastParts()), candidate);
    Map<Place, Double> byPlace = new HashMap<>();
    for (int index = 0; index < losses.size(); index++) {
      byPlace.put(judges.pastParts().get(index).entry().place(), losses.get(index));
    }
    return byPlace;
  }

  private List<Kept> fresh(List<Double> losses) {
    List<Kept> fresh = new ArrayList<>();
    for (int index = 0; index < losses.size(); index++) {
      Entry entry = judges.gain().get(index).entry();
      double base = entry.example().getScored().getBaseLoss();
      fresh.add(new Kept(entry.place(), entry.group(), base, losses.get(index)));
    }
    return fresh;
  }

  private double reloadDifference(LoraWeights candidate, Path staged, List<Double> losses)
      throws IOException {
    try (LoraWeights reloaded = PeftFolder.read(staged, candidate.base())) {
      return candidate.spec().kind().publishedAsIs() && PeftFolder.sameBytes(candidate, reloaded)
          ? 0
          : greatest(losses, evaluator.losses(items(judges.gain()), reloaded));
    }
  }

  /** A NaN would slip through a comparison unseen; it counts as as different as can be. */
  private static double greatest(List<Double> expected, List<Double> found) {
    double greatest = 0;
    for (int index = 0; index < expected.size(); index++) {
      double trained = expected.get(index);
      double difference = Math.abs(found.get(index) - trained) / Math.max(1e-6, Math.abs(trained));
      greatest =
          Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(greatest, difference);
    }
    return greatest;
  }

  private static List<TrainingItem> items(List<Part> parts) {
    return parts.stream().map(Part::item).toList();
  }
}
