package io.alluvium.trainer.bench.level.candidate;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.GateInputs;
import io.alluvium.trainer.gate.measure.GateInputs.HeldOutLosses;
import io.alluvium.trainer.gate.measure.GateInputs.Soundness;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Real candidates that learned nothing true, judged by the real gate: a champion learns records as
 * they are; then each candidate goes on from it with a window whose answers are shuffled among the
 * prompts, and is judged on held-out records as they are, with the defaults of the training role
 * and the base's suites. Equal orders give equal verdicts. For one thread.
 */
public final class NullCandidates implements AutoCloseable {
  private static final int MAX_TOKENS = 512;
  private static final int WINDOW = 256;

  /** A step of length zero shows the same each time. */
  private static final int STILL_EVERY = 10;

  private final NullOrder order;
  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;

  /**
   * Without the slow adapter: it comes nearer to the fast one, which knows more, whatever the
   * window says, so candidates would gain in truth.
   */
  private final FineTuneConfig config = FineTuneConfig.defaults().withMethods(Map.of());

  private final FineTuner tuner;
  private final Evaluator evaluator;
  private final Gate gate;

  /** What a candidate is made of: shuffled records, and its number. */
  private record Draw(List<NullOrder.Example> pool, int number, Random random) {}

  /** Records as they are: those that the gate sees, and all others that were not trained on. */
  private record Judges(List<TrainingItem> few, List<TrainingItem> rest) {}

  /**
   * Opens the base.
   *
   * @throws IOException when it cannot be read
   */
  public NullCandidates(NullOrder order) throws IOException {
    this.order = order;
    HfFolder folder = HfFolder.open(Path.of(order.base()));
    SkillFiles skills = new SkillFiles(folder.path());
    this.tokenizer = ExampleTokenizer.open(folder);
    this.decoder = Decoder.open(folder, new EngineOptions(1, MAX_TOKENS));
    this.tuner = new FineTuner(decoder, config, anchors(skills));
    List<RetentionSuite> suites = new ArrayList<>();
    for (Path file : skills.suites()) {
      suites.addAll(RetentionSuite.load(file, tokenizer::encode, decoder.maxTokens()));
    }
    this.evaluator = new Evaluator(decoder, suites);
    this.gate = new Gate(GateConfig.defaults());
  }

  private Anchors anchors(SkillFiles skills) throws IOException {
    Optional<Path> file = skills.anchors();
    return file.isPresent()
        ? Anchors.load(file.get(), tokenizer, config.anchors().maxTokens())
        : Anchors.none();
  }

  /**
   * Makes and judges them.
   *
   * @param records at least {@link NullOrder#records} of them, none longer than the base takes
   * @param sofar told the results after each candidate
   */
  public List<NullResult> run(List<NullOrder.Example> records, Consumer<List<NullResult>> sofar) {
    Random random = new Random(order.seed());
    List<NullOrder.Example> drawn = new ArrayList<>(records);
    Collections.shuffle(drawn, random);
    List<NullOrder.Example> pool = drawn.subList(order.taught(), drawn.size());
    List<NullJudgement> judged = new ArrayList<>();
    try (TrainingState champion = champion(drawn)) {
      for (int number = 0; number < order.candidates(); number++) {
        Collections.shuffle(pool, random);
        judged.addAll(candidate(champion, new Draw(pool, number, random)));
        sofar.accept(NullResult.of(judged));
      }
    }
    return NullResult.of(judged);
  }

  private TrainingState champion(List<NullOrder.Example> records) {
    TrainingState state = TrainingState.initial(decoder.config(), config.lora(), config.seed());
    for (int from = 0; from < order.taught(); from += WINDOW) {
      int to = Math.min(from + WINDOW, order.taught());
      try (TrainingState before = state) {
        state = trained(before, items(records.subList(from, to)), from);
      }
    }
    return state;
  }

  /** The first records of the pool are held out, the next are the window. */
  private List<NullJudgement> candidate(TrainingState champion, Draw draw) {
    int taken = order.heldOut() + order.window();
    List<NullOrder.Example> pool = draw.pool();
    Judges judges =
        new Judges(
            items(pool.subList(0, order.heldOut())), items(pool.subList(taken, pool.size())));
    List<TrainingItem> window =
        items(shuffled(pool.subList(order.heldOut(), taken), draw.random()));
    List<NullJudgement> judged = new ArrayList<>();
    try (TrainingState shuffled = trained(champion, window, draw.random().nextLong());
        TrainingState still = shuffled.comingFrom(champion, 0)) {
      judged.add(judged(NullKind.SHUFFLED, champion, shuffled, judges));
      if (draw.number() % STILL_EVERY == 0) {
        judged.add(judged(NullKind.STILL, champion, still, judges));
      }
    }
    return judged;
  }

  private NullJudgement judged(
      NullKind kind, TrainingState champion, TrainingState candidate, Judges judges) {
    Verdict verdict = verdict(champion, candidate, judges.few());
    double gain =
        verdict instanceof Verdict.Pass ? gain(champion, candidate, judges.rest()) : Double.NaN;
    return new NullJudgement(kind, verdict, gain);
  }

  private double gain(TrainingState champion, TrainingState candidate, List<TrainingItem> items) {
    return mean(evaluator.losses(items, champion.adapter()))
        - mean(evaluator.losses(items, candidate.adapter()));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private TrainingState trained(TrainingState parent, List<TrainingItem> items, long seed) {
    if (tuner.train(parent, items, seed) instanceof FineTuneResult.Trained trained) {
      return trained.candidate();
    }
    throw new IllegalStateException("training diverged on records that are none to diverge on");
  }

  private Verdict verdict(
      TrainingState champion, TrainingState candidate, List<TrainingItem> judges) {
    LoraWeights served = champion.adapter();
    LoraWeights found = candidate.adapter();
    return gate.decide(
        new GateInputs(
            new HeldOutLosses(
                evaluator.losses(judges, served, "champion"), evaluator.losses(judges, found)),
            /* look= */ 1,
            evaluator.retention(served, "champion", found),
            GateInputs.Own.NONE,
            List.of(),
            new Soundness(found.alive(), 0)));
  }

  private static List<NullOrder.Example> shuffled(List<NullOrder.Example> window, Random random) {
    List<String> answers =
        new ArrayList<>(window.stream().map(NullOrder.Example::completion).toList());
    Collections.shuffle(answers, random);
    return IntStream.range(0, window.size())
        .mapToObj(n -> new NullOrder.Example(window.get(n).prompt(), answers.get(n)))
        .toList();
  }

  private List<TrainingItem> items(List<NullOrder.Example> records) {
    return IntStream.range(0, records.size())
        .mapToObj(n -> new TrainingItem(Integer.toString(n), tokens(records.get(n)), 1))
        .toList();
  }

  private TokenSequence tokens(NullOrder.Example record) {
    return tokenizer.encode(record.prompt(), record.completion());
  }

  @Override
  public void close() {
    tuner.close();
    decoder.close();
    tokenizer.close();
  }
}
