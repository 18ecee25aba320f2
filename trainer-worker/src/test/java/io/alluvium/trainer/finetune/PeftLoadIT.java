package io.alluvium.trainer.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.stack.junit.Requirement;
import io.alluvium.trainer.adapter.PeftFolder;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AdapterConfig;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of adapter, loaded by Hugging Face PEFT itself. {@code ALLUVIUM_PYTHON} names an
 * interpreter that has it.
 */
class PeftLoadIT {
  private static final String PYTHON =
      System.getenv().getOrDefault("ALLUVIUM_PYTHON", "/usr/bin/python3");
  private static final AnchorConfig ANCHORS = new AnchorConfig(null, 5, 20, 3, 0.7);

  @TempDir static Path temp;

  @BeforeEach
  void requirePeft() throws Exception {
    Requirement.notInDebian(
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import torch, transformers, peft")
                    .start()
                    .waitFor()
                == 0,
        "transformers and peft for " + PYTHON + "; ALLUVIUM_PYTHON names another interpreter");
  }

  @Test
  void lossesUnderEveryKindAreOurs() throws Exception {
    Path base = TinyModel.write(temp.resolve("base"), TinyModel.MISTRAL, 2);
    Map<Path, float[]> ours = new LinkedHashMap<>();
    try (Decoder decoder = Decoder.open(HfFolder.open(base), new EngineOptions(1, 90))) {
      AdapterKindTest.adapters()
          .map(arguments -> arguments.get())
          .forEach(
              pair -> {
                Path folder = temp.resolve(String.valueOf(pair[0]));
                ours.put(folder, published(decoder, (AdapterConfig) pair[1], folder));
              });
    }
    List<JsonNode> theirs = peft(base, ours.keySet());
    assertThat(theirs).hasSize(ours.size());
    for (JsonNode one : theirs) {
      Path folder = Path.of(one.get("adapter").asText());
      assertThat(one.get("missing")).as("%s", folder).isEmpty();
      double[] found =
          IntStream.range(0, items().size())
              .mapToDouble(i -> one.get("losses").get(i).asDouble())
              .toArray();
      assertThat(found)
          .as("%s", folder)
          .containsExactly(doubles(Objects.requireNonNull(ours.get(folder))), within(2e-4));
    }
  }

  private static float[] published(Decoder decoder, AdapterConfig adapter, Path folder) {
    FineTuneConfig config = Configs.of(adapter, ANCHORS, 0.5);
    try (FineTuner tuner = new FineTuner(decoder, config, Anchors.of(Configs.anchors(7)));
        TrainingState fresh = tuner.begin(Configs.items(12), 5);
        TrainingState trained = ((Trained) tuner.train(fresh, Configs.items(12), 1)).candidate()) {
      PeftFolder.write(Files.createDirectories(folder), trained.adapter(), "base");
      return decoder.score(items(), trained.adapter()).losses();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<TokenSequence> items() {
    return Configs.items(12).stream().map(TrainingItem::tokens).toList();
  }

  private static List<JsonNode> peft(Path base, Iterable<Path> adapters) throws Exception {
    List<String> line =
        new ArrayList<>(List.of(PYTHON, "bench/peft_load.py", "--model", base.toString()));
    adapters.forEach(adapter -> line.addAll(List.of("--adapter", adapter.toString())));
    Path said = temp.resolve("said.txt");
    Path errors = temp.resolve("errors.txt");
    Process process =
        new ProcessBuilder(line)
            .redirectInput(Files.writeString(temp.resolve("records.jsonl"), records()).toFile())
            .redirectOutput(said.toFile())
            .redirectError(errors.toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> results = new ArrayList<>();
    for (String one : Files.readAllLines(said)) {
      results.add(json.readTree(one));
    }
    return results;
  }

  private static String records() {
    return items().stream()
        .map(
            s ->
                "{\"ids\":%s,\"response_start\":%d}\n"
                    .formatted(Arrays.toString(s.ids()), s.responseStart()))
        .collect(Collectors.joining());
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
