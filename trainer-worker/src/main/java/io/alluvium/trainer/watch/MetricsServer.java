package io.alluvium.trainer.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves /metrics and /health on the loopback address. */
public final class MetricsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

  private final HttpServer server;
  private final TrainerMetrics metrics;
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile String progress = "";

  private MetricsServer(HttpServer server, TrainerMetrics metrics) {
    this.server = server;
    this.metrics = metrics;
  }

  /**
   * Starts serving.
   *
   * @param port 0 chooses a free one, see {@link #port}
   * @throws PortInUseException when somebody else has the port
   */
  public static MetricsServer start(int port, TrainerMetrics metrics) {
    MetricsServer serving = new MetricsServer(bound(port), metrics);
    serving.server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.scrape()));
    serving.server.createContext(
        "/health", exchange -> answer(exchange, serving.ready.get() ? 200 : 503, serving.state()));
    serving.server.start();
    return serving;
  }

  /** The port in use. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * Tells whoever asks how far the start has come, as long as the role does not work.
   *
   * @param line how far
   */
  public void starting(String line) {
    progress = ": " + line;
  }

  /** Says from now on that the role works, and in the log how long its process took until then. */
  public void ready() {
    ready.set(true);
    metrics.ready(1);
    LOG.info(
        "role {} is ready {} ms after its process began, metrics on http://127.0.0.1:{}/metrics",
        metrics.stage(),
        ManagementFactory.getRuntimeMXBean().getUptime(),
        port());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String state() {
    return ready.get() ? "ready\n" : "starting" + progress + "\n";
  }

  private static HttpServer bound(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException cause) {
      throw new PortInUseException(
          "metrics port %d cannot be opened (%s): stop who uses it, or set another port (0 = any)"
              .formatted(port, cause.getMessage()),
          cause);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
