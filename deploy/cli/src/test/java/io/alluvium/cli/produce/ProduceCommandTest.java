package io.alluvium.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before any broker is asked. */
class ProduceCommandTest {
  private static final String CONFIG =
      """
      stateDir: state
      kafka: {bootstrap.servers: "127.0.0.1:1"}
      registry: {schema.registry.url: "http://127.0.0.1:1"}
      admit: {adapterPattern: "[a-z ]+"}
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void adapterThatThePipelineWouldRefuseIsRefusedBeforeAnythingIsSent() throws IOException {
    Path file = Files.writeString(folder.resolve("one.jsonl"), "{}\n");
    Cli.Result result = produce("--adapter", "bad adapter!", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "--adapter \"bad adapter!\" is no id, it must match [A-Za-z0-9][A-Za-z0-9._-]{0,99}: every record would be refused");
  }

  @Test
  void patternIsThatOfTheConfigurationNamed() throws IOException {
    Path config = Files.writeString(folder.resolve("s.yaml"), CONFIG);
    Path file = Files.writeString(folder.resolve("one.jsonl"), "{}\n");
    Cli.Result result =
        produce("--streams-config", config.toString(), "--adapter", "Bad", file.toString());
    assertThat(result.errLines()).singleElement().asString().contains("it must match [a-z ]+");
  }

  @Test
  void folderInPlaceOfAFileIsOneLine() {
    Cli.Result result = produce("--adapter", "support", folder.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "cannot read %s (it is a folder): name a file of JSON lines, or - for standard input"
                .formatted(folder));
  }

  @Test
  void missingFileIsOneLineWithoutAClassName() {
    Cli.Result result = produce("--adapter", "support", "nowhere.jsonl");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "cannot read nowhere.jsonl (it does not exist): name a file of JSON lines, or - for standard input");
  }

  @Test
  void timeoutAloneIsWrongUsage() throws IOException {
    Path file = Files.writeString(folder.resolve("one.jsonl"), "{}\n");
    Cli.Result result = produce("--adapter", "support", "--timeout", "PT1M", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly("--timeout without --wait: add --wait or --trained");
  }

  private Cli.Result produce(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "produce";
    all[1] = "--data=" + folder.resolve("data");
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return Cli.run(all);
  }
}
