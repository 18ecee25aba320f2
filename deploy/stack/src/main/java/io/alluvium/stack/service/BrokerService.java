package io.alluvium.stack.service;

import io.alluvium.stack.launch.JavaLauncher;
import io.alluvium.stack.launch.JavaProgram;
import io.alluvium.stack.launch.ProcessFolder;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.supervise.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.Uuid;

/** One Kafka node, broker and controller in one, without security, for one machine. */
public final class BrokerService {
  /** What people call it. */
  public static final String NAME = "broker";

  private static final String LOGGING = "log4j2.xml";
  private static final Duration FORMAT_WITHIN = Duration.ofMinutes(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

  private final BuiltModule module;
  private final ProcessFolder folder;

  /**
   * @param home the project's root folder
   * @param folder where the processes live
   */
  public BrokerService(Path home, ProcessFolder folder) {
    this.module = new BuiltModule(home, "deploy/broker");
    this.folder = folder;
  }

  /**
   * Writes the settings and, at the first start, formats the storage under a cluster id that is
   * kept.
   *
   * @param port for clients
   * @param controllerPort for the node itself
   * @param readyWithin how long the start may take
   * @return what is to be started
   */
  public Service prepare(int port, int controllerPort, Duration readyWithin) {
    write(BrokerProperties.of(port, controllerPort));
    writeLogging();
    if (!Files.exists(folder.of(NAME).resolve("data/meta.properties"))) {
      format();
    }
    return new Service(
        NAME,
        program("kafka.Kafka", List.of(properties().toString())),
        URI.create("kafka://127.0.0.1:" + port),
        readyWithin,
        STOP_WITHIN);
  }

  private void format() {
    List<String> arguments = List.of("format", "-t", clusterId(), "-c", properties().toString());
    new JavaLauncher(folder)
        .run(NAME, program("kafka.tools.StorageTool", arguments), FORMAT_WITHIN);
  }

  private JavaProgram program(String main, List<String> arguments) {
    List<String> options =
        List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            "-Dlog4j2.configurationFile=" + folder.of(NAME).resolve(LOGGING).toUri());
    return new JavaProgram(options, module.dependencies(), main, arguments);
  }

  private String clusterId() {
    Path file = folder.of(NAME).resolve("cluster.id");
    try {
      if (!Files.exists(file)) {
        Files.writeString(file, Uuid.randomUuid() + "\n");
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new SetupException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private void write(Map<String, String> settings) {
    List<String> lines = new TreeMap<>(settings).entrySet().stream().map(Object::toString).toList();
    try {
      Files.write(properties(), lines);
    } catch (IOException e) {
      throw new SetupException("cannot write " + properties() + ": " + e.getMessage(), e);
    }
  }

  private Path properties() {
    return folder.of(NAME).resolve("server.properties");
  }

  private void writeLogging() {
    try (InputStream shipped =
        Objects.requireNonNull(BrokerService.class.getResourceAsStream(LOGGING))) {
      Files.copy(shipped, folder.of(NAME).resolve(LOGGING), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
