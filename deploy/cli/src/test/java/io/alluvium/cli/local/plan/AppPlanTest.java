package io.alluvium.cli.local.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppPlanTest {
  @TempDir private Path folder = Path.of("");

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
  void settingThatAProgramWouldRefuseIsNamedWithoutStartingIt() {
    assertThatThrownBy(() -> plan(Map.of("streams.admit.maxCharcters", "9")).check())
        .hasMessageStartingWith("settings of streams-app (--set streams.…): ")
        .hasMessageContaining("maxCharcters")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> plan(Map.of("trainer.windw.examples", "9")).check())
        .hasMessageStartingWith(
            "settings of the worker (--set trainer.…): windw is not a known key");
    assertThatThrownBy(() -> plan(Map.of("trainer.window.age", "soon")).check())
        .hasMessageContaining("window.age is soon");
    plan(Map.of("trainer.window.examples", "64")).check();
  }

  @Test
  void storeIsNamedTheSameBeforeAndAfterItsFolderExists() throws IOException {
    AppPlan plan = plan(folder, Map.of());
    String before = plan.trainer().yaml();
    Files.createDirectories(folder.resolve("artifacts"));
    assertThat(plan.trainer().yaml()).isEqualTo(before);
  }

  @Test
  void suitesAndAnchorsAreNamedOnlyWhenTheUserNamesThem() {
    assertThat(plan(Map.of()).trainer().yaml()).doesNotContain("anchors", "retention");
    ModelPlan named = new ModelPlan(Path.of("/base"), List.of(Path.of("/s")), Path.of("/a"));
    assertThat(plan(Path.of("/data"), named, Map.of()).trainer().yaml())
        .contains("retention:\n  - \"/s\"\n", "anchors:\n    file: \"/a\"\n");
  }

  @Test
  void controlTokensOfTheBaseAreGivenToAdmission() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"added_tokens": [
          {"id": 0, "content": "</s>", "special": true},
          {"id": 1, "content": "<|turn|>", "special": false},
          {"id": 2, "content": "<think>", "special": false},
          {"id": 3, "content": "   ", "special": true},
          {"id": 4, "content": "<done>", "special": false},
          {"id": 5, "content": "<halt>", "special": false}]}
        """);
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<done>\"}");
    Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\": [5, 9]}");
    AppPlan plan = plan(Path.of("/data"), new ModelPlan(folder, List.of(), null), Map.of());
    assertThat(plan.streams().tree().get("admit"))
        .isEqualTo(
            Map.of(
                "specialTokens",
                Map.of("tokens", List.of("</s>", "<done>", "<halt>", "<|turn|>"))));
    plan.check();
    assertThat(plan(Map.of()).streams().tree()).doesNotContainKey("admit");
  }

  @Test
  void controlTokensNamedByTheUserCountInsteadOfTheBases() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"added_tokens\": [{\"id\": 0, \"content\": \"</s>\", \"special\": true}]}");
    AppPlan plan =
        plan(
            Path.of("/data"),
            new ModelPlan(folder, List.of(), null),
            Map.of("streams.admit.specialTokens.tokens", "[<x>]"));
    assertThat(plan.streams().yaml()).contains("<x>").doesNotContain("</s>");
  }

  private static AppPlan plan(Map<String, String> overrides) {
    return plan(Path.of("/data"), overrides);
  }

  private static AppPlan plan(Path data, Map<String, String> overrides) {
    return plan(data, new ModelPlan(Path.of("/base"), List.of(), null), overrides);
  }

  private static AppPlan plan(Path data, ModelPlan model, Map<String, String> overrides) {
    return new AppPlan(
        new DataFolder(data), CLIENTS, new MetricsPorts(11, 12, 13), model, overrides);
  }
}
