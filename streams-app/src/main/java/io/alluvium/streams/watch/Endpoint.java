package io.alluvium.streams.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves /metrics and /health on loopback. */
public final class Endpoint implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  private Endpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @param port on 127.0.0.1; 0 takes a free one
   * @param scrape gives the metrics in Prometheus text format
   * @param ready what /health says: 200 or 503
   * @throws IOException when the port cannot be had
   */
  public static Endpoint listen(int port, Supplier<String> scrape, BooleanSupplier ready)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), 0);
    server.createContext("/metrics", exchange -> answer(exchange, new Answer(OK, scrape.get())));
    server.createContext("/health", exchange -> answer(exchange, health(ready)));
    server.start();
    return new Endpoint(server);
  }

  /** The port listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static Answer health(BooleanSupplier ready) {
    return ready.getAsBoolean()
        ? new Answer(OK, "ready\n")
        : new Answer(UNAVAILABLE, "not ready\n");
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private record Answer(int status, String body) {}
}
