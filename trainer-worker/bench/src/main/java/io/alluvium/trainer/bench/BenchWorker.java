package io.alluvium.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.bench.engine.BenchResult;
import io.alluvium.trainer.bench.engine.EngineBench;
import io.alluvium.trainer.bench.engine.TrainingWork;
import io.alluvium.trainer.bench.soak.Soak;
import io.alluvium.trainer.bench.soak.SoakResult;
import io.alluvium.trainer.bench.soak.StepSizes;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.bench.work.MappedMemory;
import io.alluvium.trainer.bench.work.RandomBase;
import io.alluvium.trainer.bench.work.Workload;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The measuring process. {@code prepare ORDER} writes what the order wants; {@code run}, {@code
 * soak}, {@code sizes} and {@code share ORDER} print one result as JSON on their last line. {@code
 * share} reports only when a line comes in, so that several such processes can be there at once.
 */
public final class BenchWorker {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MAX_TOKENS = 512;

  private BenchWorker() {}

  /** Runs one order. */
  public static void main(String[] arguments) throws IOException {
    BenchOrder order = JSON.readValue(arguments[1], BenchOrder.class);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    switch (arguments[0]) {
      case "prepare" -> prepare(order);
      case "run" -> out.println(JSON.writeValueAsString(run(order)));
      case "soak" -> out.println(JSON.writeValueAsString(soak(order)));
      case "sizes" -> out.println(JSON.writeValueAsString(sizes(order)));
      case "share" -> share(order, out);
      default -> throw new IllegalArgumentException("no work '" + arguments[0] + "'");
    }
    Runtime.getRuntime().halt(0);
  }

  /** Writes the batch and, where the order wants one that is not there, the random base. */
  static void prepare(BenchOrder order) throws IOException {
    Files.createDirectories(order.workDir());
    if (Workload.RANDOM.contains(order.configuration())) {
      Dtype dtype = Dtype.valueOf(order.dataType().dataType().name().replace("FP", "F"));
      RandomBase.write(order.folder(), Workload.random(order.configuration()).model(), dtype);
    }
    Workload workload = workload(order, HfFolder.open(order.folder()));
    JSON.writeValue(order.batch().toFile(), workload.batch());
  }

  /** Measures. */
  public static BenchResult run(BenchOrder order) throws IOException {
    HfFolder base = HfFolder.open(order.folder());
    return new EngineBench(order, workload(order, base)).run(base);
  }

  /** Many steps. */
  static SoakResult soak(BenchOrder order) throws IOException {
    HfFolder base = HfFolder.open(order.folder());
    return new Soak(order, workload(order, base)).run(base);
  }

  /** Steps of few records and of many. */
  static List<StepSizes.Result> sizes(BenchOrder order) throws IOException {
    HfFolder base = HfFolder.open(order.folder());
    return new StepSizes(order, workload(order, base)).run(base, MAX_TOKENS);
  }

  private static void share(BenchOrder order, PrintStream out) throws IOException {
    HfFolder base = HfFolder.open(order.folder());
    Workload workload = workload(order, base);
    EngineOptions options = new EngineOptions(order.threads(), MAX_TOKENS, order.dataType());
    try (Decoder decoder = Decoder.open(base, options);
        TrainingWork work = new TrainingWork(decoder, workload, order)) {
      work.run(1);
      out.println("ready");
      awaitLine();
      out.println(JSON.writeValueAsString(MappedMemory.ofFilesIn(base.path())));
      awaitLine();
    }
  }

  /** Or the end of input. */
  private static void awaitLine() throws IOException {
    int read;
    do {
      read = System.in.read();
    } while (read >= 0 && read != '\n');
  }

  private static Workload workload(BenchOrder order, HfFolder base) throws IOException {
    return Workload.RANDOM.contains(order.configuration())
        ? Workload.random(order.configuration())
        : Workload.shipped(base.config(), records(base));
  }

  /** The held-out records that come with the base: the lengths that its streams have. */
  private static List<TokenSequence> records(HfFolder base) throws IOException {
    List<TokenSequence> records = new ArrayList<>();
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(base)) {
      for (Path suite : new SkillFiles(base.path()).suites()) {
        for (String line : Files.readAllLines(suite)) {
          JsonNode record = JSON.readTree(line);
          records.add(
              tokenizer.encode(record.path("prompt").asText(), record.path("completion").asText()));
        }
      }
    }
    return records;
  }
}
