package io.alluvium.trainer.bench.kinds;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What kinds of adapters learn at equal numbers of trained values, and how much of it is left when
 * two of them, learned apart, are added up. Each kind has the learning rate, out of three, with
 * which it learns best. {@code BASE WORKDIR SEEDS} prints a {@link Report} as JSON on its last
 * line, and what comes in between on standard error.
 */
public final class KindsBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RANK = 8;
  private static final int MAX_TOKENS = 64;
  private static final double[] LEARNING_RATES = {1e-3, 4e-3, 1.6e-2};

  private final Decoder decoder;
  private final ExampleTokenizer tokenizer;
  private final Path work;
  private final int seeds;

  /**
   * What one kind came to. Losses are means over the held-out records of both tasks, nats per token
   * of the answer.
   *
   * @param kind of adapter
   * @param trained number of trained values
   * @param learningRate with which it learned best
   * @param alone loss under the adapter of the task, a value for each seed
   * @param summed loss under the sum of both adapters, a value for each seed
   */
  record Result(
      String kind, long trained, double learningRate, List<Double> alone, List<Double> summed) {
    double mean() {
      return alone.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }

  /**
   * All of it.
   *
   * @param learning what kinds learn
   * @param steps what their steps take
   */
  record Report(List<Result> learning, List<StepTimes.Result> steps) {}

  private KindsBench(Decoder decoder, ExampleTokenizer tokenizer, Path work, int seeds) {
    this.decoder = decoder;
    this.tokenizer = tokenizer;
    this.work = work;
    this.seeds = seeds;
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    HfFolder base = HfFolder.open(Path.of(arguments[0]));
    try (Decoder decoder = Decoder.open(base, new EngineOptions(1, MAX_TOKENS));
        ExampleTokenizer tokenizer = ExampleTokenizer.open(base)) {
      Path work = Path.of(arguments[1], "kinds");
      KindsBench bench = new KindsBench(decoder, tokenizer, work, Integer.parseInt(arguments[2]));
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      List<Result> learning = bench.run();
      List<StepTimes.Result> steps = new StepTimes(decoder).measure(timed());
      out.println(JSON.writeValueAsString(new Report(learning, steps)));
    }
    Runtime.getRuntime().halt(0);
  }

  private static List<Arm> timed() {
    List<Arm> arms = new ArrayList<>();
    for (String kind : List.of("lora", "b-only", "dora", "eva", "randlora", "spiel")) {
      arms.add(Arm.of(kind, RANK));
    }
    arms.add(Arm.redistributed(RANK));
    return arms;
  }

  private List<Result> run() throws IOException {
    List<Arm> arms =
        List.of(
            Arm.of("lora", RANK),
            Arm.bOnly(RANK, decoder.config()),
            Arm.of("spiel", RANK),
            Arm.of("spiel", RANK / 4));
    List<Result> results = new ArrayList<>();
    for (Arm arm : arms) {
      List<Result> tried = new ArrayList<>();
      for (double learningRate : LEARNING_RATES) {
        Result result = measure(arm, learningRate);
        System.err.println(JSON.writeValueAsString(result));
        tried.add(result);
      }
      results.add(tried.stream().min(Comparator.comparingDouble(Result::mean)).orElseThrow());
    }
    return results;
  }

  private Result measure(Arm arm, double learningRate) throws IOException {
    List<Double> alone = new ArrayList<>();
    List<Double> summed = new ArrayList<>();
    long trained = 0;
    try (FineTuner tuner =
        new FineTuner(decoder, arm.config(decoder.config(), learningRate), Anchors.none())) {
      for (int seed = 1; seed <= seeds; seed++) {
        List<Task> tasks = List.of(Task.shifting(tokenizer, seed), Task.doubling(tokenizer, seed));
        try (TrainingState one = learn(tuner, tasks.get(0), seed);
            TrainingState other = learn(tuner, tasks.get(1), seed + seeds);
            LoraWeights sum = Sum.of(one.adapter(), other.adapter(), work)) {
          alone.add(losses(tasks, one.adapter(), other.adapter()));
          summed.add(losses(tasks, sum, sum));
          trained = one.adapter().trainedSlots().stream().mapToLong(s -> s.part().elements()).sum();
        }
      }
    }
    return new Result(arm.name(), trained, learningRate, alone, summed);
  }

  private static TrainingState learn(FineTuner tuner, Task task, long seed) {
    try (TrainingState fresh = tuner.begin(task.items(), seed)) {
      if (tuner.train(fresh, task.items(), seed) instanceof Trained trained) {
        return trained.candidate();
      }
      throw new IllegalStateException("training diverged");
    }
  }

  private double losses(List<Task> tasks, LoraWeights... adapters) {
    return Arrays.stream(new int[] {0, 1})
        .mapToDouble(n -> decoder.score(tasks.get(n).heldOut(), adapters[n]).meanLoss())
        .average()
        .orElseThrow();
  }
}
