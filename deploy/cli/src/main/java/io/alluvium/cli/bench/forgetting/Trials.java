package io.alluvium.cli.bench.forgetting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.watch.WindowSize;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.replay.sample.ReplayConfig;
import io.alluvium.trainer.bench.forgetting.SequenceBench;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.Material;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures arms, each in a process of its own, and keeps what was measured.
 *
 * @param arms their names
 * @param terminal is told how far it is
 */
record Trials(List<String> arms, Terminal terminal) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What all arms are given.
   *
   * @param work folder of this material, seed and order
   * @param material in its order
   * @param seed of training and replay
   */
  record Given(Path work, Material material, long seed) {}

  /**
   * All arms on all that is given.
   *
   * @throws IOException when a folder cannot be read or written
   */
  List<SequenceResult> measured(List<Given> all) throws IOException {
    List<SequenceResult> results = new ArrayList<>();
    for (Given given : all) {
      for (String arm : arms) {
        terminal.say(
            "%d of %d: %s, %s"
                .formatted(
                    results.size() + 1, all.size() * arms.size(), arm, given.work().getFileName()));
        results.add(result(given, arm));
      }
    }
    return results;
  }

  private SequenceResult result(Given given, String arm) throws IOException {
    Path kept = given.work().resolve("result-" + arm + ".json");
    if (Files.exists(kept)) {
      terminal.say(
          "  kept since %s, maybe by another build: remove %s to measure anew"
              .formatted(Files.getLastModifiedTime(kept), kept));
    } else {
      Path written = given.work().resolve(kept.getFileName() + ".part");
      Files.writeString(written, measured(order(given, arm)));
      Files.move(written, kept);
    }
    return JSON.readValue(Files.readString(kept), SequenceResult.class);
  }

  private static SequenceOrder order(Given given, String arm) {
    ReplayConfig replay = StreamsAppConfig.byDefault().replay();
    return new SequenceOrder(
        given.material(),
        given.work().resolve(arm).toString(),
        arm,
        given.seed(),
        new SequenceOrder.Stream(WindowSize.byDefault(), replay.share(), replay.examples()));
  }

  private static String measured(SequenceOrder order) throws JsonProcessingException {
    return ChildOutput.ofJava(
            System.getProperty("java.class.path"),
            new ChildOutput.Program(
                SequenceBench.class,
                List.of("-XX:+UseSerialGC"),
                List.of(JSON.writeValueAsString(order))))
        .lastLine();
  }
}
