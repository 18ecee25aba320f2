package io.alluvium.trainer.round;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.folder.config.DecoderConfig;
import io.alluvium.trainer.base.lora.LoraSpec;
import io.alluvium.trainer.base.lora.LoraWeights;
import io.alluvium.trainer.base.lora.PeftFolder;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.gate.Examiner;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.Measured;
import io.alluvium.trainer.gate.Measured.HeldOutLosses;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.RoundOutcome.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Makes candidates: load the parent, train, stage, judge, store. Everything it needs to know comes
 * with the plan, so a round is a function of the log. For the tensor thread.
 */
public final class Workshop {

  /**
   * The frozen model and its ways of training and measuring.
   *
   * @param decoder the base
   * @param name the base's name
   * @param digest the base's digest
   * @param tuner trains
   * @param examiner measures
   */
  public record Bench(
      Decoder decoder, String name, String digest, FineTuner tuner, Examiner examiner) {}

  /**
   * How it is done.
   *
   * @param spec shape of adapters
   * @param seed of everything random
   * @param divider splits a round's records
   * @param gate judges
   */
  public record Rules(LoraSpec spec, long seed, Divider divider, Gate gate) {}

  private final Bench bench;
  private final Rules rules;
  private final ArtifactStore store;

  /** A workshop over a model that stays the caller's. */
  public Workshop(Bench bench, Rules rules, ArtifactStore store) {
    this.bench = bench;
    this.rules = rules;
    this.store = store;
  }

  /**
   * Does the rounds of a window, one after the other.
   *
   * @param cancelled asked between stages, and within training between steps
   * @return empty when it was cancelled; nothing is published then
   * @throws IOException when the store or a parent's folder fails
   */
  public Optional<List<RoundOutcome>> run(WindowPlan plan, BooleanSupplier cancelled)
      throws IOException {
    List<RoundOutcome> outcomes = new ArrayList<>();
    for (WindowPlan.Round round : plan.rounds()) {
      Optional<RoundOutcome> outcome =
          cancelled.getAsBoolean() ? Optional.empty() : run(round, cancelled);
      if (outcome.isEmpty()) {
        return Optional.empty();
      }
      outcomes.add(outcome.get());
    }
    return cancelled.getAsBoolean() ? Optional.empty() : Optional.of(outcomes);
  }

  private Optional<RoundOutcome> run(WindowPlan.Round round, BooleanSupplier cancelled)
      throws IOException {
    Stopwatch watch = Stopwatch.started();
    watch.record("claim", waited(round));
    Division division = rules.divider().divide(round);
    watch.lap("dataset");
    if (division.training().isEmpty()) {
      return Optional.of(withoutCandidate(round, division, "nothing to train on", watch));
    }
    if (division.heldOut().isEmpty()) {
      String reason = "no held-out example in the window: a gain cannot be shown";
      return Optional.of(withoutCandidate(round, division, reason, watch));
    }
    long seed = Seed.of(rules.seed(), round.adapter(), round.version());
    try (Champion champion = champion(round, division)) {
      List<TrainingItem> items = division.items(division.training());
      FineTuneResult result = bench.tuner().train(champion.parent(), items, seed, cancelled);
      watch.lap("train");
      return ended(result, new Start(round, division, champion), seed, watch);
    }
  }

  /** What training began with. */
  private record Start(WindowPlan.Round round, Division division, Champion champion) {}

  private Optional<RoundOutcome> ended(
      FineTuneResult result, Start start, long seed, Stopwatch watch) throws IOException {
    if (result instanceof FineTuneResult.Diverged diverged) {
      return Optional.of(diverged(start, diverged, watch));
    }
    if (result instanceof FineTuneResult.Trained trained) {
      Division division = start.division().withoutQuarantined(trained.quarantined());
      Attempt attempt = new Attempt(start.round(), division, start.champion(), trained);
      try {
        return Optional.of(judged(attempt, seed, watch));
      } finally {
        trained.candidate().close();
      }
    }
    return Optional.empty();
  }

  /** A trained candidate with where it comes from. */
  private record Attempt(
      WindowPlan.Round round,
      Division division,
      Champion champion,
      FineTuneResult.Trained trained) {
    LoraWeights candidate() {
      return trained.candidate().adapter();
    }

    Training training() {
      return new Training(
          trained.steps(),
          trained.candidate().step(),
          trained.meanLoss(),
          trained.meanKl(),
          trained.tokens(),
          null);
    }
  }

  private RoundOutcome judged(Attempt attempt, long seed, Stopwatch watch) throws IOException {
    Path staged = store.stage();
    PeftFolder.write(staged, attempt.candidate(), bench.name());
    attempt.trained().candidate().write(staged);
    watch.lap("stage");
    Verdict verdict = rules.gate().decide(measured(attempt, staged), seed);
    watch.lap("gate");
    Artifact artifact = null;
    if (verdict instanceof Verdict.Pass) {
      artifact = store.publish(attempt.round().adapter(), staged);
    } else {
      store.discard(staged);
    }
    watch.lap("store");
    return new RoundOutcome(
        attempt.round(),
        attempt.champion().parentVersion(),
        artifact,
        verdict,
        attempt.division().shares(),
        attempt.training(),
        watch.times());
  }

  private Measured measured(Attempt attempt, Path staged) throws IOException {
    List<TrainingItem> heldOut = attempt.division().items(attempt.division().heldOut());
    LoraWeights served = attempt.champion().served();
    AdapterVersion released = attempt.round().champion();
    String champion =
        served == null || released == null ? bench.digest() : Champion.artifact(released).getUri();
    Examiner examiner = bench.examiner();
    try (LoraWeights reloaded = PeftFolder.read(staged, bench.decoder().config())) {
      HeldOutLosses losses =
          new HeldOutLosses(
              examiner.losses(heldOut, served, champion),
              examiner.losses(heldOut, attempt.candidate()),
              examiner.losses(heldOut, reloaded));
      return new Measured(
          losses,
          examiner.retention(served, champion, attempt.candidate()),
          attempt.candidate().alive());
    }
  }

  private RoundOutcome diverged(Start start, FineTuneResult.Diverged diverged, Stopwatch watch) {
    Division without =
        start.division().without(Set.copyOf(diverged.suspectIds()), diverged.reason());
    String reason = "training diverged: " + diverged.reason();
    return new RoundOutcome(
        start.round(),
        start.champion().parentVersion(),
        null,
        rules.gate().withoutCandidate(reason),
        without.shares(),
        Training.none(reason),
        watch.times());
  }

  private RoundOutcome withoutCandidate(
      WindowPlan.Round round, Division division, String reason, Stopwatch watch) {
    return new RoundOutcome(
        round,
        Champion.parentVersion(round, bench.digest(), rules.spec(), bench.decoder().config()),
        null,
        rules.gate().withoutCandidate(reason),
        division.shares(),
        Training.none(reason),
        watch.times());
  }

  private Champion champion(WindowPlan.Round round, Division division) throws IOException {
    AdapterVersion released = round.champion();
    if (released == null || !Champion.servable(released, bench.digest())) {
      return Champion.none(fresh(round, division));
    }
    Path folder = store.verify(Champion.artifact(released));
    DecoderConfig base = bench.decoder().config();
    return Champion.continuable(released, rules.spec(), base)
        ? Champion.continued(TrainingState.read(folder, base, rules.spec()), released.getVersion())
        : Champion.replaced(PeftFolder.read(folder, base), fresh(round, division));
  }

  private TrainingState fresh(WindowPlan.Round round, Division division) {
    long seed = Seed.of(rules.seed(), round.adapter(), 0);
    return bench.tuner().begin(division.items(division.training()), seed);
  }

  private static java.time.Duration waited(WindowPlan.Round round) {
    List<WindowPlan.Entry> examples = round.examples();
    return java.time.Duration.between(
        examples.get(0).incoming().arrived(),
        examples.get(examples.size() - 1).incoming().arrived());
  }
}
