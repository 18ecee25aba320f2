package io.alluvium.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.trainer.base.folder.HfFolder;
import io.alluvium.trainer.base.safetensors.Dtype;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.base.text.TokenSequence;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The measuring process. {@code run ORDER} prints one result as JSON on its last line; {@code
 * prepare ORDER} writes the random base that the order wants.
 */
public final class BenchWorker {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Token ids of the batch, beside a random base, for other programs that run the same. */
  private static final String BATCH_FILE = "batch.json";

  private BenchWorker() {}

  /** Runs one order. */
  public static void main(String[] arguments) throws IOException {
    BenchOrder order = JSON.readValue(arguments[1], BenchOrder.class);
    if (arguments[0].equals("prepare")) {
      prepare(order);
    } else {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.println(JSON.writeValueAsString(run(order)));
    }
    Runtime.getRuntime().halt(0);
  }

  /** Makes the work folder and, where the order wants one that is not there, the random base. */
  static void prepare(BenchOrder order) throws IOException {
    Files.createDirectories(order.workDir());
    if (Workload.RANDOM.contains(order.configuration())) {
      Workload workload = Workload.random(order.configuration());
      Dtype dtype = Dtype.valueOf(order.dataType().dataType().name().replace("FP", "F"));
      RandomBase.write(order.folder(), workload.model(), dtype);
      JSON.writeValue(
          order.folder().resolve(BATCH_FILE).toFile(),
          workload.batch().stream().map(TokenSequence::ids).toList());
    }
  }

  /** Measures. */
  static BenchResult run(BenchOrder order) throws IOException {
    HfFolder base = HfFolder.open(order.folder());
    Workload workload =
        Workload.RANDOM.contains(order.configuration())
            ? Workload.random(order.configuration())
            : Workload.shipped(base.config(), records(base));
    return new EngineBench(order, workload).run(base);
  }

  /** The held-out records that come with the base: the lengths that its streams have. */
  private static List<TokenSequence> records(HfFolder base) throws IOException {
    List<TokenSequence> records = new ArrayList<>();
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(base);
        Stream<Path> suites = Files.list(base.path().resolve("retention"))) {
      for (Path suite : suites.sorted().toList()) {
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
