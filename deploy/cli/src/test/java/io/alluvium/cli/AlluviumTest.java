package io.alluvium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlluviumTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("alluvium.home", "../.."), "trainer-worker/models/alluvium-tiny");

  @TempDir private Path folder = Path.of("");

  @Test
  void unknownOptionIsOneLineAndExitTwo() {
    Cli.Result result = Cli.run("watch", "--nonsense");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly("Unknown option: '--nonsense': see `alluvium watch --help`");
  }

  @Test
  void commandWithoutAnyClusterSaysHowToGetOne() {
    Cli.Result result = Cli.run("watch", "--data", folder.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "bootstrap.servers is not set: start a local stack with `alluvium up`, or name yours with --bootstrap-server");
  }

  @Test
  void anOptionOfAnEarlierBuildIsRefusedByItsNewName() {
    Cli.Result result = Cli.run("watch", "--bootstrap=127.0.0.1:1");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines()).containsExactly("--bootstrap is called --bootstrap-server now");
  }

  @Test
  void brokerThatDoesNotAnswerIsExitThree() {
    Cli.Result result =
        Cli.run(
            "watch",
            "--data",
            folder.toString(),
            "--bootstrap-server",
            "127.0.0.1:1",
            "--registry",
            "http://127.0.0.1:1");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("no Kafka broker answers at 127.0.0.1:1: ");
  }

  @Test
  void dataDirectoryThatIsAFileIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Cli.Result result =
        Cli.run("up", "--data", file.toString(), "--base", SHIPPED.toString(), "--free-ports");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "data directory %s is not writable (a file is in its place): make it so, or name another with --data"
                .formatted(file));
  }

  @Test
  void baseFolderWithoutConfigIsNamedBeforeAnythingStarts() {
    assertBadBase("config.json", "config.json");
  }

  @Test
  void baseFolderWithoutTokenizerIsNamed() {
    assertBadBase("tokenizer.json", "tokenizer.json: missing");
  }

  @Test
  void unsupportedArchitectureIsNamed() throws IOException {
    Path base = copyOfShipped();
    Path config = base.resolve("config.json");
    Files.writeString(config, Files.readString(config).replaceAll("(?i)\"llama\"", "\"rwkv\""));
    assertThat(upWith(base)).singleElement().asString().contains("config.json", "rwkv");
  }

  @Test
  void truncatedWeightsAreNamed() throws IOException {
    Path base = copyOfShipped();
    Path weights = base.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(whole, whole.length / 2));
    assertThat(upWith(base)).singleElement().asString().contains("model.safetensors");
  }

  private void assertBadBase(String missing, String named) {
    Path base = copyOfShipped();
    try {
      Files.delete(base.resolve(missing));
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    assertThat(upWith(base)).singleElement().asString().contains(named);
    assertThat(folder.resolve("data")).doesNotExist();
  }

  private List<String> upWith(Path base) {
    Cli.Result result =
        Cli.run(
            "up",
            "--data",
            folder.resolve("data").toString(),
            "--base",
            base.toString(),
            "--free-ports");
    assertThat(result.code()).isEqualTo(2);
    return result.errLines();
  }

  private Path copyOfShipped() {
    Path copy = folder.resolve("base");
    try {
      Files.createDirectories(copy);
      for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
        Files.copy(SHIPPED.resolve(name), copy.resolve(name));
      }
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
    return copy;
  }
}
