package io.alluvium.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StartException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class AppsIT {
  private static final String NAME = "healthy-app";

  private final LocalStack stack;
  private final int port = LocalStack.freePort();
  private final Path config;

  AppsIT(LocalStack stack, @TempDir Path folder) throws IOException {
    this.stack = stack;
    this.config = Files.writeString(folder.resolve("config"), Integer.toString(port));
  }

  @AfterEach
  void stop() {
    stack.stop(NAME);
  }

  @Test
  void leavesAnUnchangedApplicationRunning() {
    ChildProcess first = stack.startApp(app());

    assertThat(stack.startApp(app())).isEqualTo(first);
  }

  @Test
  void startsAnApplicationAnewWhenItsConfigurationChanges() throws IOException {
    ChildProcess first = stack.startApp(app());
    Files.writeString(config, port + " changed");

    ChildProcess second = stack.startApp(app());

    assertThat(first.alive()).isFalse();
    assertThat(second.alive()).isTrue();
  }

  @Test
  void startsAnApplicationAnewWhenItNoLongerAnswers() throws Exception {
    ChildProcess first = stack.startApp(app());
    ask("/sicken");

    ChildProcess second = stack.startApp(app());

    assertThat(first.alive()).isFalse();
    assertThat(second.alive()).isTrue();
  }

  @Test
  void startsAKilledApplicationAgain() {
    ChildProcess first = stack.startApp(app());
    stack.kill(NAME);
    assertThat(first.alive()).isFalse();

    ChildProcess second = stack.restart(NAME);

    assertThat(second.alive()).isTrue();
  }

  @Test
  void freezesAnApplicationAndLetsItGoOn() {
    ChildProcess app = stack.startApp(app());

    stack.pause(NAME);
    assertThat(state()).isEqualTo(ProcessStatus.State.NOT_READY);
    stack.resume(NAME);

    assertThat(state()).isEqualTo(ProcessStatus.State.RUNNING);
    assertThat(app.alive()).isTrue();
  }

  @Test
  void stopsAFrozenApplication() {
    ChildProcess app = stack.startApp(app());
    stack.pause(NAME);

    stack.stop(NAME);

    assertThat(app.alive()).isFalse();
  }

  @Test
  void saysWhyAnApplicationDidNotStart() throws IOException {
    Files.writeString(config, "refuse");

    assertThatThrownBy(() -> stack.startApp(app()))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "%s ended before it was ready: Exception: this application refuses to start (log: %s)",
            NAME, stack.log(NAME));
  }

  @Test
  void saysThatAnApplicationDoesNotAnswerAndEndsIt() throws IOException {
    Files.writeString(config, Integer.toString(LocalStack.freePort()));

    assertThatThrownBy(() -> stack.startApp(app().withReadyWithin(Duration.ofSeconds(1))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(
            NAME + " did not answer at http://127.0.0.1:" + port + "/health within 1 s");

    assertThat(stack.status()).noneMatch(process -> process.name().equals(NAME));
  }

  @Test
  void refusesToKillWhatWasNeverStarted() {
    assertThatThrownBy(() -> stack.kill("nobody"))
        .isInstanceOf(SetupException.class)
        .hasMessage("no process nobody was started in " + stack.data());
  }

  private ProcessStatus.State state() {
    return stack.status().stream()
        .filter(process -> process.name().equals(NAME))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private AppSpec app() {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith("test-classes"))
            .map(Path::of)
            .toList();
    return AppSpec.of(NAME, HealthyApp.class.getName(), classPath, address("/health"))
        .withArguments(config.toString());
  }

  private void ask(String path) throws IOException, InterruptedException {
    HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.discarding());
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
