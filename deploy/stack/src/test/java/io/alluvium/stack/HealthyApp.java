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
 * {@code /sicken}, and which ends with code 2 after one of {@code /misconfigure}; or the word
 * {@code refuse}, which ends it with 2, or {@code crash}, with 1.
 */
final class HealthyApp {
  private HealthyApp() {}

  public static void main(String[] args) throws IOException {
    String line = Files.readString(Path.of(args[0])).strip();
    if (line.startsWith("refuse")) {
      System.err.println("Exception: this application refuses to start");
      System.exit(2);
    }
    if (line.startsWith("crash")) {
      System.err.println("Error: this application crashes");
      System.exit(1);
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
    server.createContext(
        "/misconfigure",
        exchange -> {
          answer(exchange, 200);
          System.err.println("Error: what was configured is gone");
          Runtime.getRuntime().halt(2);
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
