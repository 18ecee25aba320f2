package io.alluvium.trainer.round;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.adapter.BadAdapterException;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.Refusal.Reason;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.spectrum.Intruders;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuneResult.Diverged;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.Verdict.Measure;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.publish.store.ArtifactStore.Staged;
import io.alluvium.trainer.publish.store.BrokenArtifactException;
import io.alluvium.trainer.round.division.Division;
import io.alluvium.trainer.round.judge.Examination;
import io.alluvium.trainer.round.judge.Judges;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.round.outcome.RoundOutcome.Folders;
import io.alluvium.trainer.round.outcome.RoundOutcome.Origin;
import io.alluvium.trainer.round.outcome.RoundOutcome.Training;
import io.alluvium.trainer.round.outcome.RoundPlan;
import io.alluvium.trainer.round.outcome.Stopwatch;
import io.alluvium.trainer.round.past.PastFile;
import io.alluvium.trainer.round.start.Seed;
import io.alluvium.trainer.round.start.Starter;
import io.alluvium.trainer.round.start.StartingPoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs rounds: load what training goes on from, train, stage, evaluate, decide, store. Everything
 * it needs to know comes with the plan or stands in the log, so a round is a function of the log.
 * For the tensor thread.
 */
public final class RoundRunner {
  private static final double HALF = 0.5;
  private static final String INTRUDERS = "spectrum/intruders";

  /** Axis of what was made of a window before it was learned from. */
  public static final String PREQUENTIAL = "window/prequentialLoss";

  private final RoundContext context;
  private final RoundSettings settings;
  private final ArtifactStore store;
  private final Starter starter;

  /** Runs rounds on a model that stays the caller's. */
  public RoundRunner(RoundContext context, RoundSettings settings, ArtifactStore store) {
    this.context = context;
    this.settings = settings;
    this.store = store;
    this.starter =
        new Starter(context.decoder().config(), context.digest(), settings.spec(), store);
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
    Task task = take(plan, recall);
    if (task.hasNothingToTrainOn()) {
      return Optional.of(withoutCandidate(task, task.whyNothing()));
    }
    try (StartingPoint start = load(task)) {
      FineTuneResult result = train(task, start, cancelled);
      if (!(result instanceof Trained trained)) {
        return untrained(task, start, result).filter(outcome -> !cancelled.getAsBoolean());
      }
      try (TrainingState state = trained.candidate()) {
        Task rest = task.without(trained.quarantined());
        Judges judges = judges(rest, start, recall);
        Trial trial = new Trial(rest, start, judges, cancelled, start.remarks());
        Judgement judgement = judged(trial, state, settings.gate().config().pullBacks());
        RoundOutcome outcome =
            outcome(
                rest,
                new Ending(
                    start.origin(),
                    judgement.folders(),
                    told(judgement.verdict(), rest, trained),
                    training(trained)));
        return Optional.of(outcome).filter(done -> !cancelled.getAsBoolean());
      }
    } catch (UnreadableVersionException damaged) {
      return Optional.of(failed(task, String.valueOf(damaged.getMessage())));
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
    return failed(take(plan, recall), String.valueOf(failed.getMessage()));
  }

  /** What a round's candidates are judged with, and what is to be said of them. */
  private record Trial(
      Task task,
      StartingPoint start,
      Judges judges,
      BooleanSupplier cancelled,
      List<String> remarks) {
    Trial remarked(String remark) {
      return new Trial(
          task,
          start,
          judges,
          cancelled,
          Stream.concat(remarks.stream(), Stream.of(remark)).toList());
    }
  }

  /** What became of a candidate. */
  private record Judgement(Verdict verdict, Folders folders) {}

  /**
   * Stages, evaluates, decides and stores. A candidate that forgets comes back with half of the
   * step that training made (WiSE-FT, Wortsman et al. 2022, between parent and candidate), so that
   * a window is not lost to learning because of one skill. What is held out decides only once: it
   * is no matter whether a step is halved.
   *
   * @param pullBacks how often that may be
   */
  private Judgement judged(Trial trial, TrainingState state, int pullBacks) throws IOException {
    Verdict verdict;
    try (Staged staged = store.stage()) {
      Candidate candidate = new Candidate(trial.task(), state, staged);
      stage(candidate);
      Examination.Result found =
          evaluate(
              candidate,
              new Examination(
                  context.evaluator(),
                  trial.start(),
                  trial.judges(),
                  settings.probes().canaries()));
      verdict = decide(candidate, found);
      boolean last = pullBacks == 0 || trial.cancelled().getAsBoolean();
      if (last || !settings.spec().kind().mixes() || !Gate.forgets(verdict)) {
        Folders folders = store(candidate, verdict, found, trial.judges());
        return new Judgement(spectrum(verdict, trial, state).remarked(trial.remarks()), folders);
      }
    }
    TrainingState parent = trial.start().parent();
    try (TrainingState nearer = Tensors.call(() -> state.comingFrom(parent, HALF))) {
      String why = "pulled back by half of its step: " + String.join("; ", verdict.reasons());
      return judged(trial.remarked(why), nearer, pullBacks - 1);
    }
  }

  /** With the new directions of what is served and of the candidate, where they are counted. */
  private Verdict spectrum(Verdict verdict, Trial trial, TrainingState state) throws IOException {
    Intruders intruders = settings.probes().intruders();
    if (intruders == null) {
      return verdict;
    }
    LoraWeights served = trial.start().served();
    double before = served == null ? 0 : Tensors.call(() -> intruders.of(served));
    double after = Tensors.call(() -> intruders.of(state.adapter()));
    return verdict.informed(new Measure(INTRUDERS, before, after, null, true));
  }

  /** A candidate and where it is written. */
  private record Candidate(Task task, TrainingState state, Staged staged) {}

  private Task take(RoundPlan plan, Recall recall) {
    Stopwatch watch = Stopwatch.started();
    List<Entry> entries =
        recall.read(plan.adapter(), plan.window().partition(), plan.window().offsets());
    watch.record("claim", waited(entries));
    Division division =
        settings
            .divider()
            .divide(entries, plan.erasures())
            .withoutRolledBack(plan.line().quarantine());
    watch.lap("dataset");
    return new Task(plan, entries, division, watch);
  }

  private StartingPoint load(Task task) throws IOException {
    try {
      StartingPoint start = Tensors.call(() -> starter.start(task.plan(), () -> fresh(task)));
      task.watch().lap("load");
      return start;
    } catch (BrokenArtifactException | BadAdapterException damaged) {
      throw new UnreadableVersionException(damaged);
    }
  }

  private FineTuneResult train(Task task, StartingPoint start, BooleanSupplier cancelled)
      throws IOException {
    List<TrainingItem> items = task.division().items(task.division().training());
    FineTuneResult result =
        Tensors.call(() -> context.tuner().train(start.parent(), items, seed(task), cancelled));
    task.watch().lap("train");
    return result;
  }

  private Judges judges(Task task, StartingPoint start, Recall recall) {
    return new Judges.Finder(recall, settings.divider(), settings.mostPast())
        .find(task.plan(), task.division(), start.past());
  }

  private void stage(Candidate candidate) throws IOException {
    Tensors.call(() -> written(candidate));
    candidate.task().watch().lap("stage");
  }

  private Candidate written(Candidate candidate) throws IOException {
    PeftFolder.write(candidate.staged().folder(), candidate.state().adapter(), context.name());
    candidate.state().write(candidate.staged().folder());
    return candidate;
  }

  private static Examination.Result evaluate(Candidate candidate, Examination examination)
      throws IOException {
    int look = candidate.task().plan().line().looks() + 1;
    return Tensors.call(
        () -> examination.of(candidate.state().adapter(), candidate.staged().folder(), look));
  }

  private Verdict decide(Candidate candidate, Examination.Result found) {
    Verdict verdict = settings.gate().decide(found.measured());
    candidate.task().watch().lap("gate");
    return verdict;
  }

  /** Makes durable what the verdict lets live. */
  private Folders store(
      Candidate candidate, Verdict verdict, Examination.Result found, Judges judges)
      throws IOException {
    Folders folders = Folders.NONE;
    if (verdict instanceof Verdict.Pass) {
      PastFile.write(
          candidate.staged().folder(), found.released(judges.past(), settings.mostPast()));
      PastFile.write(candidate.staged().folder(), found.best());
      Artifact released = published(candidate);
      remember(released, found.measured());
      folders = new Folders(released, null);
    } else if (verdict instanceof Verdict.Continue) {
      folders = new Folders(null, published(candidate));
    }
    candidate.task().watch().lap("store");
    return folders;
  }

  private Artifact published(Candidate candidate) throws IOException {
    return store.publish(candidate.task().plan().adapter(), candidate.staged());
  }

  /** Its scores as a candidate are its scores as the champion. */
  private void remember(Artifact released, GateInputs measured) {
    if (measured.soundness().reloadDifference() == 0) {
      context.evaluator().released(Starter.key(released), measured.retention());
    }
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

  /**
   * What was made of the window's fresh records before they were learned from (prequential, Dawid
   * 1984): how well the adapter serves the stream as it comes, whatever the gate decides. Replays
   * alone say nothing of it.
   */
  private static Verdict told(Verdict verdict, Task task, Trained trained) {
    OptionalDouble loss =
        task.division().training().stream()
            .filter(part -> part.entry().example().getReplayOf() == null)
            .map(part -> trained.firstLosses().get(part.item().id()))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .average();
    return loss.isEmpty()
        ? verdict
        : verdict.informed(new Measure(PREQUENTIAL, null, loss.getAsDouble(), null, true));
  }

  private static Training training(Trained trained) {
    return new Training(
        trained.steps(),
        trained.candidate().step(),
        trained.meanLoss(),
        trained.meanKl(),
        trained.tokens(),
        null);
  }

  /** Empty where it was cancelled. */
  private Optional<RoundOutcome> untrained(Task task, StartingPoint start, FineTuneResult result) {
    return result instanceof Diverged diverged
        ? Optional.of(diverged(task, start, diverged))
        : Optional.empty();
  }

  private RoundOutcome diverged(Task task, StartingPoint start, Diverged diverged) {
    Division without =
        task.division().without(Set.copyOf(diverged.suspectIds()), diverged.reason());
    String reason = "training diverged: " + diverged.reason();
    return outcome(
        task.divided(without),
        new Ending(
            start.origin(),
            Folders.NONE,
            settings.gate().failed(reason).remarked(start.remarks()),
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
            settings.gate().withoutCandidate(reason),
            Training.none(reason)));
  }

  /** The records go where they can be produced again from. */
  private RoundOutcome failed(Task task, String reason) {
    Refusal refusal = new Refusal(Reason.ROUND_FAILED, reason);
    return outcome(
        task.divided(Division.allRefused(task.entries(), task.plan().erasures(), refusal)),
        new Ending(
            starter.origin(task.plan()),
            Folders.NONE,
            settings.gate().failed(reason),
            Training.none(reason)));
  }

  private long seed(Task task) {
    return Seed.of(settings.seed(), task.plan().adapter(), task.plan().version());
  }

  private TrainingState fresh(Task task) {
    long seed = Seed.of(settings.seed(), task.plan().adapter(), 0);
    return context.tuner().begin(task.division().items(task.division().training()), seed);
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
