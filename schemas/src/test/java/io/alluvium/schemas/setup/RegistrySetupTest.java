package io.alluvium.schemas.setup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.topic.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a start says when the registry is not there. */
class RegistrySetupTest {
  @Test
  void anUnreachableRegistryIsNamedAfterTheRetries() throws IOException {
    String url = "http://127.0.0.1:" + closedPort();
    RegistrySetup setup =
        new RegistrySetup(Map.of("schema.registry.url", url), Duration.ofMillis(600));

    assertThatThrownBy(() -> setup.ensure(new Topics("", 1).all()))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining(url)
        .hasMessageContaining("schema.registry.url");
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
