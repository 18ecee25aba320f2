package io.alluvium.stack.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** Healthy when the cluster names at least one broker. */
final class KafkaHealth implements HealthCheck {
  private static final int TIMEOUT_MS = 5_000;

  private final URI address;
  private @Nullable Admin admin;

  KafkaHealth(URI address) {
    this.address = address;
  }

  @Override
  public boolean healthy() {
    // The client would warn at every attempt to reach a port that is still closed.
    return portOpen() && brokerNamed();
  }

  private boolean portOpen() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), TIMEOUT_MS);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  private boolean brokerNamed() {
    try {
      return !client().describeCluster().nodes().get(TIMEOUT_MS, TimeUnit.MILLISECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Admin client() {
    if (admin == null) {
      admin =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  address.getHost() + ":" + address.getPort(),
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  TIMEOUT_MS,
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  TIMEOUT_MS));
    }
    return admin;
  }

  @Override
  public void close() {
    if (admin != null) {
      admin.close(java.time.Duration.ZERO);
    }
  }
}
