package io.alluvium.trainer.bench.soak;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.bench.engine.TrainingWork;
import io.alluvium.trainer.bench.work.ProcessMemory;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What adapters cost beside one base in one process, served and in training, and what it costs to
 * go from one to another. {@code BASE WORKDIR COUNT} prints one result as JSON on its last line.
 */
public final class ManyAdapters {
  private static final int PASSES = 100;
  private static final int SHORT = 8;

  private final Decoder decoder;
  private final LoraSpec spec;
  private final Path folder;

  /**
   * What was measured.
   *
   * @param adapters how many were in memory at once
   * @param adapterBytes size of one's own values
   * @param servedBytes anonymous memory that one more adapter took, as the scorer holds it
   * @param trainedBytes anonymous memory that one more took with its two moments
   * @param limitBytes what one more may take: three times its own size and 1 MB
   * @param stayingSeconds median time to score one short text under the adapter used before
   * @param switchingSeconds the same under another adapter each time
   */
  public record Result(
      int adapters,
      long adapterBytes,
      long servedBytes,
      long trainedBytes,
      long limitBytes,
      double stayingSeconds,
      double switchingSeconds) {}

  private ManyAdapters(Decoder decoder, Path folder) {
    this.decoder = decoder;
    this.folder = folder;
    this.spec =
        new LoraSpec(TrainingWork.RANK, 2.0 * TrainingWork.RANK, decoder.config().linears());
  }

  /** Measures. */
  public static void main(String[] arguments) throws IOException {
    Path work = Files.createDirectories(Path.of(arguments[1], "many-adapters"));
    HfFolder base = HfFolder.open(Path.of(arguments[0]));
    try (Decoder decoder = Decoder.open(base, new EngineOptions(1, 64))) {
      Result result = new ManyAdapters(decoder, work).run(Integer.parseInt(arguments[2]));
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.println(new ObjectMapper().writeValueAsString(result));
    }
    Runtime.getRuntime().halt(0);
  }

  private Result run(int count) throws IOException {
    try (LoraWeights one = LoraWeights.initial(decoder.config(), spec, 1)) {
      PeftFolder.write(folder, one, "base");
    }
    long own =
        LoraWeights.slots(decoder.config(), spec).stream()
            .mapToLong(slot -> (long) Float.BYTES * slot.part().elements())
            .sum();
    List<AutoCloseable> served = new ArrayList<>();
    long servedBytes = added(count, n -> read(), served);
    List<AutoCloseable> trained = new ArrayList<>();
    long trainedBytes =
        added(count, n -> TrainingState.initial(decoder.config(), spec, n), trained);
    List<LoraWeights> adapters = served.stream().map(LoraWeights.class::cast).toList();
    double[] seconds = seconds(adapters);
    closeAll(served);
    closeAll(trained);
    return new Result(
        count, own, servedBytes, trainedBytes, 3 * own + (1 << 20), seconds[0], seconds[1]);
  }

  private LoraWeights read() {
    try {
      return PeftFolder.read(folder, decoder.config());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The first ones make the heap and the allocator as large as they have to be. */
  private long added(int count, IntFunction<AutoCloseable> make, List<AutoCloseable> made) {
    List<AutoCloseable> first = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      first.add(make.apply(n));
    }
    System.gc();
    long before = ProcessMemory.ANONYMOUS.bytes();
    for (int n = 0; n < count; n++) {
      made.add(make.apply(n));
    }
    System.gc();
    long after = ProcessMemory.ANONYMOUS.bytes();
    closeAll(first);
    return (after - before) / count;
  }

  /** Medians of passes that stay and of passes that switch, in turns. */
  private double[] seconds(List<LoraWeights> adapters) {
    int[] ids = new int[SHORT];
    Arrays.fill(ids, 1);
    List<TokenSequence> text = List.of(new TokenSequence(ids, SHORT / 2));
    double[][] seconds = new double[2][PASSES];
    for (int n = -PASSES / 4; n < PASSES; n++) {
      LoraWeights adapter = adapters.get(Math.floorMod(n, adapters.size()));
      double switching = pass(text, adapter);
      double staying = pass(text, adapter);
      if (n >= 0) {
        seconds[0][n] = staying;
        seconds[1][n] = switching;
      }
    }
    return Arrays.stream(seconds).mapToDouble(ManyAdapters::median).toArray();
  }

  private double pass(List<TokenSequence> text, LoraWeights adapter) {
    long begin = System.nanoTime();
    decoder.score(text, adapter);
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void closeAll(List<AutoCloseable> made) {
    for (AutoCloseable one : made) {
      if (one instanceof LoraWeights weights) {
        weights.close();
      } else if (one instanceof TrainingState state) {
        state.close();
      }
    }
  }
}
