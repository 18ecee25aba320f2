package io.alluvium.streams;

import static org.awaitility.Awaitility.await;

import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The application as users start it: a process of its own from the jar that the build made. */
final class AppProcess implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofMinutes(2);
  private static final int NO_ANSWER = -1;

  private final Process process;
  private final int port;
  private final Path log;

  private AppProcess(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** Starts it with a configuration; {@code metrics.port} is added. */
  static AppProcess start(Path folder, String yaml) throws IOException {
    int port = LocalStack.freePort();
    Path config = Files.createTempFile(folder, "streams", ".yaml");
    Files.writeString(config, yaml + "metrics: {port: %d, lagInterval: PT0.5S}\n".formatted(port));
    return start(folder, port, "--config", config.toString());
  }

  /** Starts it with these arguments. */
  static AppProcess start(Path folder, int port, String... arguments) throws IOException {
    String classPath =
        AppSpec.classPath("streams-app", "alluvium-streams-app").stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path log = Files.createTempFile(folder, "streams", ".log");
    List<String> command = new ArrayList<>();
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            StreamsApp.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new AppProcess(builder.start(), port, log);
  }

  AppProcess awaitReady() {
    await(log.toString())
        .atMost(READY_WITHIN)
        .failFast("ended, see " + log, () -> !process.isAlive())
        .until(() -> status("/health") == 200);
    return this;
  }

  int status(String path) {
    return ask(path).map(HttpResponse::statusCode).orElse(NO_ANSWER);
  }

  /** The value of one series, as scraped. */
  double metric(String series) {
    return ask("/metrics").stream()
        .flatMap(answer -> answer.body().lines())
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** SIGTERM. */
  int stop() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running: " + log);
    }
    return process.exitValue();
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    kill();
  }

  private Optional<HttpResponse<String>> ask(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return Optional.of(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException notYet) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
