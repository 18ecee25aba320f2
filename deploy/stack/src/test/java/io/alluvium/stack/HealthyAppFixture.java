package io.alluvium.stack;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A {@link HealthyApp} on a free port.
 *
 * @param config its file
 * @param port on which it answers
 */
record HealthyAppFixture(Path config, int port) {
  static final String NAME = "healthy-app";

  static HealthyAppFixture in(Path folder) throws IOException {
    int port = LocalStack.freePort();
    return new HealthyAppFixture(
        Files.writeString(folder.resolve("config"), Integer.toString(port)), port);
  }

  AppSpec spec() {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith("test-classes"))
            .map(Path::of)
            .toList();
    return AppSpec.of(NAME, HealthyApp.class.getName(), classPath, address("/health"))
        .withArguments(config.toString());
  }

  /** Gets a page of it. */
  void ask(String path) throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.discarding());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
