package io.alluvium.cli.run;

import io.alluvium.stack.AppSpec;
import io.alluvium.stack.launch.JavaProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What can run, as it is written on the command line. */
enum Role {
  /** Rules before and after the scorer. */
  streams("streams-app", "io.alluvium.streams.StreamsApp", "-Xmx512m"),
  /** Losses and embeddings. */
  score("trainer-worker", "io.alluvium.trainer.TrainerWorker", "-Xmx1g"),
  /** Rounds, gate and publication. */
  train("trainer-worker", "io.alluvium.trainer.TrainerWorker", "-Xmx1g");

  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true");

  private final String module;
  private final String main;
  private final String heap;

  Role(String module, String main, String heap) {
    this.module = module;
    this.main = main;
    this.heap = heap;
  }

  /**
   * The program.
   *
   * @param config its configuration, absolute
   * @param options of its JVM, which win over those it has without
   * @throws io.alluvium.stack.process.SetupException when it is not built
   */
  JavaProgram program(Path config, List<String> options) {
    List<String> jvm = new ArrayList<>();
    jvm.add(heap);
    jvm.addAll(JVM);
    jvm.addAll(options);
    // The worker has two roles and wants to hear which; streams-app has one.
    List<String> arguments = new ArrayList<>(this == streams ? List.of() : List.of(name()));
    arguments.addAll(List.of("--config", config.toString()));
    return new JavaProgram(jvm, AppSpec.classPath(module, "alluvium-" + module), main, arguments);
  }
}
