package io.alluvium.stack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application for tests: {@code FILE} holds its port, on which it is healthy until a GET of
 * {@code /sicken}; or the word {@code refuse}.
 */
final class HealthyApp {
  private HealthyApp() {}

  public static void main(String[] args) throws IOException {
    String line = Files.readString(Path.of(args[0])).strip();
    if (line.startsWith("refuse")) {
      System.err.println("Exception: this application refuses to start");
      System.exit(2);
    }
    int port = Integer.parseInt(line.split(" ", -1)[0]);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
    AtomicInteger answer = new AtomicInteger(200);
    server.createContext("/health", exchange -> answer(exchange, answer.get()));
    server.createContext(
        "/sicken",
        exchange -> {
          answer.set(503);
          answer(exchange, 200);
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
