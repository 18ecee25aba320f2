package io.alluvium.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.streams.weigh.rule.WeighPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  private static final String LEAST =
      """
      kafka: {bootstrap.servers: "127.0.0.1:9092"}
      registry: {schema.registry.url: "http://127.0.0.1:8081"}
      stateDir: state
      """;

  @TempDir private Path folder;

  @Test
  void whatIsNotSaidHasItsDefault() throws IOException {
    StreamsAppConfig config = read(LEAST + "admit:\n");
    assertThat(config.admit().maxCharacters()).isEqualTo(8000);
    assertThat(config.dedup().window()).isEqualTo(Duration.ofHours(24));
    assertThat(config.weigh().policy()).isEqualTo(WeighPolicy.FLOW);
    assertThat(config.kafka()).containsEntry("commit.interval.ms", "200");
    assertThat(config.topics().examples().name()).isEqualTo("examples");
    assertThat(config.applicationId()).isEqualTo("alluvium-streams");
  }

  @Test
  void whatIsSaidWins() throws IOException {
    StreamsAppConfig config =
        read(
            LEAST
                + """
                topicPrefix: t1.
                partitions: 1
                weigh: {epochExamples: 8, policy: uniform}
                """);
    assertThat(config.weigh().epochExamples()).isEqualTo(8);
    assertThat(config.weigh().maxWeight()).isEqualTo(10);
    assertThat(config.applicationId()).isEqualTo("t1.alluvium-streams");
    assertThat(config.topics().training().partitions()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          wiegh: {}                        | unknown key wiegh
          admit: {maxCharacters: 300000}   | admit.maxCharacters is 300000, must be at most 192408 for records of 1048576 bytes: lower it, or raise kafka.max.request.size
          weigh: {epochExamples: 120000}   | weigh.epochExamples is 120000, must be at most 112640
          replay: {examples: 8000}         | replay.examples is 8000, must be at most
          weigh: {epochExample: 8}         | unknown key weigh.epochExample, known here: [
          weigh: {epochExamples: many}     | weigh.epochExamples is "many", which is no int
          weigh: {epochExamples: 0}        | weigh.epochExamples is 0, must be at least 1
          weigh: {policy: heavy}           | weigh.policy is "heavy", which is no WeighPolicy
          weigh: {minTemperature: 0}       | weigh.minTemperature is 0.0, must be greater than 0
          weigh: {maxWeight: .inf}         | Malformed numeric value
          dedup: {window: PT0.5S}          | dedup.window is PT0.5S, must be at least PT1S
          dedup: {window: tomorrow}        | dedup.window
          admit: {maxClockAhead: -PT1H}    | admit.maxClockAhead is PT-1H, must not be negative
          metrics: {port: 70000}           | metrics.port is 70000, must be 0 to 65535
          partitions: 0                    | partitions is 0, must be at least 1
          topicPrefix: "a b"               | topicPrefix "a b"
          patience: PT1S                   | patience is PT1S, must be at least PT3S
          partitions: [1                   | line
          """)
  void aMistakeIsNamedInOneLine(String mistake, String message) {
    assertThatThrownBy(() -> read(LEAST + mistake + "\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("streams.yaml")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThatThrownBy(() -> read("stateDir: x\n"))
        .hasMessageContaining("kafka.bootstrap.servers is missing");
    assertThatThrownBy(() -> read("kafka: {bootstrap.servers: x}\nstateDir: x\n"))
        .hasMessageContaining("registry.schema.registry.url is missing");
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("absent.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("absent.yaml");
    assertThatThrownBy(() -> read("")).hasMessageContaining("stateDir is missing");
  }

  private StreamsAppConfig read(String yaml) throws IOException {
    return ConfigFile.read(Files.writeString(folder.resolve("streams.yaml"), yaml));
  }
}
