package io.alluvium.trainer.round;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.lora.BadAdapterException;
import io.alluvium.trainer.base.lora.LoraSpec;
import io.alluvium.trainer.base.lora.PeftFolder;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.gate.Examiner;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.Measured;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.publish.store.ArtifactStore.Staged;
import io.alluvium.trainer.publish.store.BrokenArtifactException;
import io.alluvium.trainer.round.RoundOutcome.Folders;
import io.alluvium.trainer.round.RoundOutcome.Origin;
import io.alluvium.trainer.round.RoundOutcome.Training;
import io.alluvium.trainer.round.past.PastFile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Makes candidates: load what training goes on from, train, stage, judge, store. Everything it
 * needs to know comes with the plan or stands in the log, so a round is a function of the log. For
 * the tensor thread.
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
  public record Rules(LoraSpec spec, long seed, Divider divider, Gate gate) {
    int mostPast() {
      return gate.config().own().examples();
    }
  }

  private final Bench bench;
  private final Rules rules;
  private final ArtifactStore store;
  private final Starter starter;

  /** A workshop over a model that stays the caller's. */
  public Workshop(Bench bench, Rules rules, ArtifactStore store) {
    this.bench = bench;
    this.rules = rules;
    this.store = store;
    this.starter = new Starter(bench.decoder().config(), bench.digest(), rules.spec(), store);
  }

  /**
   * Does a round. What is wrong with this adapter alone ends in an outcome that says so.
   *
   * @param recall reads the window's records and earlier held-out ones
   * @param cancelled asked between stages, and within training between steps
   * @return empty when it was cancelled; nothing is published then
   * @throws IOException when the store fails
   * @throws TensorCallException when a tensor call fails; whether that is the engine's fault is for
   *     the caller to find out
   */
  public Optional<RoundOutcome> run(RoundPlan plan, Recall recall, BooleanSupplier cancelled)
      throws IOException {
    Stopwatch watch = Stopwatch.started();
    List<Entry> entries = read(plan, recall);
    watch.record("claim", waited(entries));
    Division division = rules.divider().divide(entries);
    watch.lap("dataset");
    Task task = new Task(plan, entries, division, watch);
    if (division.training().isEmpty()) {
      return Optional.of(withoutCandidate(task, nothing(task)));
    }
    try {
      return trained(task, recall, cancelled).filter(outcome -> !cancelled.getAsBoolean());
    } catch (BadAdapterException unreadable) {
      return Optional.of(
          failed(task, "the candidate cannot be read back: " + unreadable.getMessage()));
    }
  }

  /**
   * What a round ends in whose tensor calls failed; its records can be produced again.
   *
   * @param failed what {@link #run} threw
   * @throws IOException when the store fails
   */
  public RoundOutcome failed(RoundPlan plan, Recall recall, TensorCallException failed)
      throws IOException {
    List<Entry> entries = read(plan, recall);
    Division division = rules.divider().divide(entries);
    return failed(
        new Task(plan, entries, division, Stopwatch.started()),
        String.valueOf(failed.getMessage()));
  }

  private static List<Entry> read(RoundPlan plan, Recall recall) {
    return recall.read(plan.adapter(), plan.window().partition(), plan.window().offsets());
  }

  /** A round with its records at hand. */
  private record Task(RoundPlan plan, List<Entry> entries, Division division, Stopwatch watch) {}

  private static String nothing(Task task) {
    return task.entries().isEmpty()
        ? "the log no longer has the window's records: topic training keeps too little"
        : "nothing to train on";
  }

  private Optional<RoundOutcome> trained(Task task, Recall recall, BooleanSupplier cancelled)
      throws IOException {
    Start opened;
    try {
      opened = Tensors.call(() -> starter.start(task.plan(), () -> fresh(task)));
    } catch (BrokenArtifactException | BadAdapterException damaged) {
      return Optional.of(failed(task, "the released version is damaged: " + damaged.getMessage()));
    }
    task.watch().lap("load");
    try (Start start = opened) {
      List<TrainingItem> items = task.division().items(task.division().training());
      FineTuneResult result =
          Tensors.call(() -> bench.tuner().train(start.parent(), items, seed(task), cancelled));
      task.watch().lap("train");
      if (result instanceof FineTuneResult.Diverged diverged) {
        return Optional.of(diverged(task, start, diverged));
      }
      return result instanceof FineTuneResult.Trained trained
          ? Optional.of(judged(task, start, trained, recall))
          : Optional.empty();
    }
  }

  private RoundOutcome judged(Task task, Start start, FineTuneResult.Trained trained, Recall recall)
      throws IOException {
    try (TrainingState candidate = trained.candidate();
        Staged staged = store.stage()) {
      Division division = task.division().withoutQuarantined(trained.quarantined());
      Task left = new Task(task.plan(), task.entries(), division, task.watch());
      Judges judges =
          new Judges.Finder(recall, rules.divider(), rules.mostPast())
              .find(task.plan(), division, start.past());
      Examination examination = new Examination(bench.examiner(), start, judges);
      Judgement judgement = Tensors.call(() -> judgement(left, examination, candidate, staged));
      Verdict verdict = judgement.verdict();
      Folders folders = folders(task, judgement, staged);
      task.watch().lap("store");
      return outcome(
          left,
          new Ending(
              start.origin(), folders, verdict.remarked(start.remarks()), training(trained)));
    }
  }

  /** What became of a candidate, and by what. */
  private record Judgement(Verdict verdict, Measured measured) {}

  /** Writes the candidate and judges what is written. */
  private Judgement judgement(
      Task task, Examination examination, TrainingState candidate, Staged staged)
      throws IOException {
    PeftFolder.write(staged.folder(), candidate.adapter(), bench.name());
    candidate.write(staged.folder());
    task.watch().lap("stage");
    Examination.Result result =
        examination.of(candidate.adapter(), staged.folder(), task.plan().line().looks() + 1);
    Verdict verdict = rules.gate().decide(result.measured());
    task.watch().lap("gate");
    if (verdict instanceof Verdict.Pass) {
      PastFile.write(
          staged.folder(), result.released(examination.judges().past(), rules.mostPast()));
    }
    return new Judgement(verdict, result.measured());
  }

  private Folders folders(Task task, Judgement judgement, Staged staged) throws IOException {
    if (judgement.verdict() instanceof Verdict.Refuse) {
      return Folders.NONE;
    }
    Artifact folder = store.publish(task.plan().adapter(), staged);
    if (!(judgement.verdict() instanceof Verdict.Pass)) {
      return new Folders(null, folder);
    }
    Measured measured = judgement.measured();
    if (measured.soundness().reloadDifference() == 0) {
      bench.examiner().released(Starter.key(folder), measured.retention());
    }
    return new Folders(folder, null);
  }

  /** How a task ended. */
  private record Ending(Origin origin, Folders folders, Verdict verdict, Training training) {}

  private static RoundOutcome outcome(Task task, Ending ending) {
    return new RoundOutcome(
        task.plan(),
        ending.origin(),
        ending.folders(),
        ending.verdict(),
        task.entries(),
        task.division().shares(),
        ending.training(),
        task.watch().times());
  }

  private static Training training(FineTuneResult.Trained trained) {
    return new Training(
        trained.steps(),
        trained.candidate().step(),
        trained.meanLoss(),
        trained.meanKl(),
        trained.tokens(),
        null);
  }

  private RoundOutcome diverged(Task task, Start start, FineTuneResult.Diverged diverged) {
    Division without =
        task.division().without(Set.copyOf(diverged.suspectIds()), diverged.reason());
    String reason = "training diverged: " + diverged.reason();
    return outcome(
        new Task(task.plan(), task.entries(), without, task.watch()),
        new Ending(
            start.origin(),
            Folders.NONE,
            rules.gate().failed(reason).remarked(start.remarks()),
            Training.none(reason)));
  }

  /** Training stays where it was. */
  private RoundOutcome withoutCandidate(Task task, String reason) {
    AdapterVersion head = starter.head(task.plan());
    Artifact before = head == null ? null : head.getHead();
    return outcome(
        task,
        new Ending(
            starter.origin(task.plan()),
            new Folders(null, before),
            rules.gate().withoutCandidate(reason),
            Training.none(reason)));
  }

  /** The records go where they can be produced again from. */
  private RoundOutcome failed(Task task, String reason) {
    Refusal refusal = new Refusal(Reason.ROUND_FAILED, reason);
    Division refused = Division.allRefused(task.entries(), refusal);
    return outcome(
        new Task(task.plan(), task.entries(), refused, task.watch()),
        new Ending(
            starter.origin(task.plan()),
            Folders.NONE,
            rules.gate().failed(reason),
            Training.none(reason)));
  }

  private long seed(Task task) {
    return Seed.of(rules.seed(), task.plan().adapter(), task.plan().version());
  }

  private TrainingState fresh(Task task) {
    long seed = Seed.of(rules.seed(), task.plan().adapter(), 0);
    return bench.tuner().begin(task.division().items(task.division().training()), seed);
  }

  /** Between the first record's coming into the log and the last one's. */
  private static Duration waited(List<Entry> entries) {
    return entries.isEmpty()
        ? Duration.ZERO
        : Duration.ofMillis(
            Math.max(
                0,
                entries.get(entries.size() - 1).raw().timestamp()
                    - entries.get(0).raw().timestamp()));
  }
}
