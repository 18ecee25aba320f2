package io.alluvium.stack.service;

import io.alluvium.stack.launch.JavaProgram;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.supervise.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Apicurio Registry, which speaks Confluent's REST protocol, with its data in a file. */
public final class RegistryService {
  /** What people call it. */
  public static final String NAME = "registry";

  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final BuiltModule module;

  /**
   * @param home the project's root folder
   */
  public RegistryService(Path home) {
    this.module = new BuiltModule(home, "deploy/stack");
  }

  /**
   * What is to be started.
   *
   * @param port for clients
   * @param readyWithin how long the start may take
   */
  public Service prepare(int port, Duration readyWithin) {
    return new Service(
        NAME,
        JavaProgram.ofJar(options(port), jar()),
        URI.create(url(port) + "/subjects"),
        readyWithin,
        STOP_WITHIN);
  }

  /**
   * Where Confluent's clients find it.
   *
   * @param port for clients
   */
  public static String url(int port) {
    return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
  }

  private static List<String> options(int port) {
    return List.of(
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        // By default H2 writes half a second later: a kill in between would give an id out twice.
        // The path is relative to the folder in which the registry runs.
        "-Dapicurio.datasource.url=jdbc:h2:file:./registry;WRITE_DELAY=0",
        // It warns about a setting that its own distribution makes.
        "-Dquarkus.log.category.\"io.quarkus.runtime.configuration\".level=ERROR");
  }

  private Path jar() {
    Path folder = module.built("registry");
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith("-runner.jar"))
          .findFirst()
          .orElseThrow(() -> new SetupException(folder + " holds no registry; build again"));
    } catch (IOException e) {
      throw new SetupException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }
}
