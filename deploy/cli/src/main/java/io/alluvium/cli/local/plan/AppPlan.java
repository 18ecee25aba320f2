package io.alluvium.cli.local.plan;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.AppSpec;
import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.config.ConfigFile;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.trainer.need.TrainingNeed;
import io.alluvium.trainer.worker.TrainerSettings;
import io.alluvium.trainer.worker.config.ConfigurationException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Everything that the three programs need to know: writes their configuration and says how they are
 * started.
 *
 * @param folder where data, artifacts and configuration lie
 * @param clients addresses and further client settings
 * @param ports of metrics and health
 * @param model base and suites
 * @param overrides further settings, {@code streams.…} and {@code trainer.…}, values as YAML
 */
public record AppPlan(
    DataFolder folder,
    ClientSettings clients,
    MetricsPorts ports,
    ModelPlan model,
    Map<String, String> overrides) {
  /** A first start may have the base generate anchors, which takes long on a busy machine. */
  private static final Duration WORKER_READY_WITHIN = Duration.ofMinutes(15);

  /** Name of the process of streams-app. */
  public static final String STREAMS = "streams-app";

  /** Name of the scoring process. */
  public static final String SCORE = "trainer-score";

  /** Name of the training process. */
  public static final String TRAIN = "trainer-train";

  private static final String STREAMS_SCOPE = "streams.";
  private static final String TRAINER_SCOPE = "trainer.";

  /** Checks that every override says whom it is for. */
  public AppPlan {
    overrides = Map.copyOf(new TreeMap<>(overrides));
    for (String key : overrides.keySet()) {
      if (!key.startsWith(STREAMS_SCOPE) && !key.startsWith(TRAINER_SCOPE)) {
        throw CommandException.usage(
            "--set %s: begin the key with streams. or trainer., for example trainer.window.examples"
                .formatted(key));
      }
    }
  }

  /**
   * Writes the files and returns the programs in flow order.
   *
   * @throws CommandException when a file cannot be written
   */
  public List<AppSpec> write() {
    Path streams = write("streams-app.yaml", streams().yaml());
    Path trainer = write("trainer-worker.yaml", trainer().yaml());
    writeClientProperties();
    return List.of(
        AppSpec.of(
                STREAMS,
                "io.alluvium.streams.StreamsApp",
                AppSpec.classPath("streams-app", "alluvium-streams-app"),
                health(ports.streamsApp()))
            .withJvmOptions("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
            .withArguments("--config", streams.toString()),
        worker(SCORE, "score", trainer, ports.score()),
        worker(TRAIN, "train", trainer, ports.train()));
  }

  /**
   * Reads the settings as the programs will; writes nothing.
   *
   * @throws CommandException (usage) naming the setting that a program refuses
   */
  public void check() {
    try {
      StreamsAppConfig unused =
          ConfigFile.read(
              "settings of streams-app (--set streams.…)", new StringReader(streams().yaml()));
      TrainerSettings.check("settings of the worker (--set trainer.…)", trainer().yaml());
    } catch (ConfigException | ConfigurationException refused) {
      throw CommandException.usage(String.valueOf(refused.getMessage()), refused);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * What the worker would need of memory.
   *
   * @param further settings over those of this plan, {@code trainer.…}, values as YAML
   * @throws CommandException (usage) when the settings or the base cannot be used
   */
  public TrainingNeed need(Map<String, String> further) {
    Map<String, String> all = new TreeMap<>(overrides);
    all.putAll(further);
    try {
      return TrainerSettings.need(
          "settings of the worker (--set trainer.…)",
          new AppPlan(folder, clients, ports, model, all).trainer().yaml());
    } catch (ConfigurationException | IOException refused) {
      throw CommandException.usage(String.valueOf(refused.getMessage()), refused);
    }
  }

  private static AppSpec worker(String name, String role, Path config, int port) {
    return AppSpec.of(
            name,
            "io.alluvium.trainer.TrainerWorker",
            AppSpec.classPath("trainer-worker", "alluvium-trainer-worker"),
            health(port))
        .withJvmOptions(
            "-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dai.djl.offline=true")
        .withReadyWithin(WORKER_READY_WITHIN)
        .withArguments(role, "--config", config.toString());
  }

  private static URI health(int port) {
    return URI.create("http://127.0.0.1:" + port + "/health");
  }

  Settings streams() {
    Settings settings = common().set(ports.streamsApp(), "metrics", "port");
    settings.set(folder.root().resolve("streams-state").toString(), "stateDir");
    ControlTokens.of(model.base())
        .ifPresent(tokens -> settings.set(tokens, "admit", "specialTokens", "tokens"));
    return overridden(settings, STREAMS_SCOPE);
  }

  Settings trainer() {
    Settings settings = common();
    settings.set(ports.score(), "metrics", "scorePort").set(ports.train(), "metrics", "trainPort");
    settings.set(model.base().toString(), "base", "folder");
    settings.set(storeUri(), "store", "uri");
    settings.set(folder.root().resolve("work").toString(), "workDir");
    if (!model.retention().isEmpty()) {
      settings.set(model.retention().stream().map(Path::toString).toList(), "gate", "retention");
    }
    Path anchors = model.anchors();
    if (anchors != null) {
      settings.set(anchors.toString(), "finetune", "anchors", "file");
    }
    return overridden(settings, TRAINER_SCOPE);
  }

  /** Without the slash that Java puts behind folders once they exist: the same at each start. */
  private String storeUri() {
    return folder.artifacts().toUri().toString().replaceFirst("/$", "");
  }

  private Settings common() {
    Settings settings = new Settings().set(clients.topicPrefix(), "topicPrefix");
    settings.set(clients.kafkaOnly(), "kafka");
    return settings.set(clients.registryOnly(), "registry");
  }

  private Settings overridden(Settings settings, String scope) {
    new TreeMap<>(overrides)
        .forEach(
            (key, value) -> {
              if (key.startsWith(scope)) {
                settings.setWritten(key.substring(scope.length()), value);
              }
            });
    return settings;
  }

  private Path write(String name, String content) {
    Path file = folder.config().resolve(name);
    try {
      Files.createDirectories(folder.config());
      Files.writeString(file, content);
      return file;
    } catch (IOException denied) {
      throw unwritable(file, denied);
    }
  }

  private void writeClientProperties() {
    Properties properties = new Properties();
    properties.putAll(clients.values());
    try (Writer writer = Files.newBufferedWriter(folder.clientProperties())) {
      properties.store(writer, "How clients reach the stack of this directory");
    } catch (IOException denied) {
      throw unwritable(folder.clientProperties(), denied);
    }
  }

  private static CommandException unwritable(Path file, IOException denied) {
    return CommandException.failed(
        "cannot write %s (%s): name another directory with --data"
            .formatted(file, FileFault.words(denied)),
        denied);
  }
}
