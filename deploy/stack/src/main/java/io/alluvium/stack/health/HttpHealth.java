package io.alluvium.stack.health;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Healthy when a GET answers 200. */
final class HttpHealth implements HealthCheck {
  private static final int TIMEOUT_MS = 2_000;

  private final URI address;

  HttpHealth(URI address) {
    this.address = address;
  }

  @Override
  public boolean healthy() {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notThere) {
      return false;
    }
  }

  @Override
  public void close() {
    // A connection lives for one look only.
  }
}
