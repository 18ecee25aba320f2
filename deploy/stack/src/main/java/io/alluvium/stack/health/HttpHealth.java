package io.alluvium.stack.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Healthy when a GET answers 200. */
final class HttpHealth implements HealthCheck {
  private static final int TIMEOUT_MS = 2_000;
  private static final int MOST_BYTES = 1_000;

  private final URI address;
  private String progress = "";

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
        boolean healthy = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        progress = healthy ? "" : said(connection.getErrorStream());
        return healthy;
      } finally {
        connection.disconnect();
      }
    } catch (IOException notThere) {
      return false;
    }
  }

  @Override
  public String progress() {
    return progress;
  }

  private static String said(@Nullable InputStream answer) throws IOException {
    if (answer == null) {
      return "";
    }
    try (answer) {
      byte[] bytes = answer.readNBytes(MOST_BYTES);
      return new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
  }

  @Override
  public void close() {
    // A connection lives for one look only.
  }
}
