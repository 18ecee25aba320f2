package io.alluvium.monitoring.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;

/** A Prometheus as child process, on loopback, with storage of its own that goes with it. */
public final class PrometheusServer implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final Thread atExit;
  private final URI address;

  private PrometheusServer(Process process, URI address) {
    this.process = process;
    this.address = address;
    this.atExit = new Thread(process::destroyForcibly, "prometheus-stop");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Starts it and waits until it answers; the calling test is skipped where the program is missing.
   *
   * @param config its configuration
   * @param folder for storage and log
   */
  public static PrometheusServer start(Path config, Path folder) throws IOException {
    Requirement.program("prometheus", "prometheus");
    String listen = "127.0.0.1:" + LocalStack.freePort();
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=" + listen)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, URI.create("http://" + listen));
    Awaitility.await("ready").atMost(READY_WITHIN).until(server::ready);
    return server;
  }

  /** Asks one expression for its value now. */
  public List<Sample> query(String promql) {
    JsonNode answer =
        ask("/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8));
    JsonNode result = answer.at("/data/result");
    return StreamSupport.stream(result.spliterator(), false).map(Sample::of).toList();
  }

  /** Every rule as Prometheus sees it: name, health, lastError, and for alerts state. */
  public List<JsonNode> rules() {
    return StreamSupport.stream(ask("/api/v1/rules").at("/data/groups").spliterator(), false)
        .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
        .toList();
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(atExit);
    process.destroy();
    process.onExit().join();
  }

  private boolean ready() {
    if (!process.isAlive()) {
      throw new IllegalStateException("prometheus ended with " + process.exitValue());
    }
    try {
      return send("/-/ready").statusCode() == 200;
    } catch (ConnectException notYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode ask(String path) {
    try {
      HttpResponse<String> response = send(path);
      if (response.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + response.body());
      }
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
