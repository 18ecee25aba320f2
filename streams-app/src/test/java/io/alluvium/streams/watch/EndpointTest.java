package io.alluvium.streams.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class EndpointTest {
  @Test
  void metricsAreServedAndHealthFollowsReadiness() throws Exception {
    AtomicBoolean ready = new AtomicBoolean();
    try (Endpoint endpoint = Endpoint.listen(0, () -> "a_total 1\n", ready::get)) {
      assertThat(ask(endpoint, "/metrics").body()).isEqualTo("a_total 1\n");
      assertThat(ask(endpoint, "/health").statusCode()).isEqualTo(503);
      ready.set(true);
      assertThat(ask(endpoint, "/health").statusCode()).isEqualTo(200);
      assertThat(ask(endpoint, "/other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aTakenPortIsSaid() throws IOException {
    try (Endpoint first = Endpoint.listen(0, () -> "", () -> true)) {
      assertThatThrownBy(() -> Endpoint.listen(first.port(), () -> "", () -> true))
          .isInstanceOf(BindException.class);
    }
  }

  private static HttpResponse<String> ask(Endpoint endpoint, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + endpoint.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }
}
