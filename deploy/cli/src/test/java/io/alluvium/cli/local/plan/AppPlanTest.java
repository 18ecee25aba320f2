package io.alluvium.cli.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppPlanTest {
  private static final ClientSettings CLIENTS =
      new ClientSettings(
          Map.of(
              ClientSettings.BOOTSTRAP,
              "127.0.0.1:1",
              ClientSettings.REGISTRY,
              "http://127.0.0.1:2",
              "basic.auth.user.info",
              "u:p",
              "security.protocol",
              "PLAINTEXT",
              ClientSettings.TOPIC_PREFIX,
              "a."));

  @Test
  void settingsOfRegistryAndOfKafkaGoToTheirOwnSections() {
    String yaml = plan(Map.of()).streams().yaml();
    assertThat(yaml)
        .contains("topicPrefix: \"a.\"")
        .contains(
            "kafka:\n  bootstrap.servers: \"127.0.0.1:1\"\n  security.protocol: \"PLAINTEXT\"\n")
        .contains(
            "registry:\n  basic.auth.user.info: \"u:p\"\n  schema.registry.url: \"http://127.0.0.1:2\"\n")
        .contains("metrics:\n  port: 11\n")
        .contains("stateDir: \"/data/streams-state\"");
  }

  @Test
  void overridesReachTheProgramTheyNameWithTheirOwnTypes() {
    AppPlan plan =
        plan(
            Map.of(
                "trainer.window.examples", "64",
                "trainer.kafka.max.poll.records", "10",
                "trainer.gate.retention", "[a, b]",
                "streams.dedup.window", "PT1H"));
    assertThat(plan.trainer().yaml())
        .contains("window:\n  examples: 64\n")
        .contains("  max.poll.records: 10\n")
        .contains("  retention:\n  - \"a\"\n  - \"b\"\n")
        .doesNotContain("dedup");
    assertThat(plan.streams().yaml())
        .contains("dedup:\n  window: \"PT1H\"\n")
        .doesNotContain("examples");
  }

  @Test
  void overrideForNobodyIsRefused() {
    assertThatThrownBy(() -> plan(Map.of("window.examples", "1")))
        .hasMessage(
            "--set window.examples: begin the key with streams. or trainer., for example trainer.window.examples");
  }

  @Test
  void anchorsAreNamedOnlyWhenTheUserNamesThem() {
    assertThat(plan(Map.of()).trainer().yaml()).doesNotContain("anchors");
  }

  private static AppPlan plan(Map<String, String> overrides) {
    return new AppPlan(
        new DataFolder(Path.of("/data")),
        CLIENTS,
        new MetricsPorts(11, 12, 13),
        new ModelPlan(Path.of("/base"), List.of(), null),
        overrides);
  }
}
