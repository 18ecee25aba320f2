package io.alluvium.stack.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.alluvium.stack.process.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReadinessTest {
  private static final int STEPS = 12;

  /** Shorter than the pause between two looks, so that only what is said keeps the wait alive. */
  private static final Duration WITHIN = Duration.ofMillis(20);

  private final AtomicInteger asked = new AtomicInteger();
  private final HttpServer server;

  ReadinessTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  @Timeout(60)
  void aStartThatGoesForwardIsWaitedFor() {
    URI address = starting(n -> "starting: " + n + " of " + STEPS);
    List<String> heard = new ArrayList<>();

    Readiness readiness = Readiness.await(self(), address, WITHIN, heard::add);

    assertThat(readiness).isEqualTo(Readiness.READY);
    assertThat(heard).hasSize(STEPS).startsWith("starting: 1 of 12", "starting: 2 of 12");
  }

  @Test
  @Timeout(60)
  void aStartThatSaysTheSameAgainIsLate() {
    URI address = starting(n -> "starting");

    assertThat(Readiness.await(self(), address, WITHIN)).isEqualTo(Readiness.LATE);
  }

  /** Works after so many answers. */
  private URI starting(IntFunction<String> said) {
    server.createContext(
        "/health",
        exchange -> {
          try (exchange) {
            int n = asked.incrementAndGet();
            byte[] body = (said.apply(n) + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(n > STEPS ? 200 : 503, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
  }

  private static ChildProcess self() {
    return ChildProcess.of("test", ProcessHandle.current().pid()).orElseThrow();
  }
}
