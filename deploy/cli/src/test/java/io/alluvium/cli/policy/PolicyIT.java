package io.alluvium.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.schemas.TopicSetup;
import io.alluvium.schemas.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The policy commands against a real broker and registry. */
@ExtendWith(LocalStackExtension.class)
class PolicyIT {
  private static final Topics TOPICS = new Topics("policy-it.", 2);

  @TempDir private Path folder = Path.of("");

  private List<String> connection = List.of();

  @BeforeEach
  void createTopics(LocalStack stack) {
    connection =
        List.of(
            "--data=" + folder,
            "--bootstrap=" + stack.bootstrapServers(),
            "--registry=" + stack.registryUrl(),
            "--topic-prefix=" + TOPICS.prefix());
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, TOPICS.all());
    }
  }

  @Test
  void aPolicyIsComparedRehearsedSetAndShown() throws IOException {
    produce();
    Path file = document("admit: {maxCharacters: 30}");
    assertThat(run("policy", "diff", file.toString()).out())
        .isEqualTo("admit.maxCharacters: 8000 -> 30\n");

    List<JsonNode> rehearsed = run("policy", "dry-run", file.toString(), "--format=json").json();
    assertThat(rehearsed).hasSize(2);
    assertThat(rehearsed.get(0).get("before").asText()).isEqualTo("examples.accepted");
    assertThat(rehearsed.get(0).get("after").asText()).isEqualTo("examples.rejected TOO_LONG");
    assertThat(rehearsed.get(1).toString())
        .isEqualTo(
            "{\"records\":3,\"changed\":1,"
                + "\"before\":{\"examples.accepted\":2,\"examples.rejected DUPLICATE_TEXT\":1},"
                + "\"after\":{\"examples.accepted\":1,\"examples.rejected DUPLICATE_TEXT\":1,"
                + "\"examples.rejected TOO_LONG\":1}}");
    assertThat(run("policy", "show").out()).as("a rehearsal sets nothing").isEmpty();

    assertThat(run("policy", "set", file.toString(), "--note=shorter").out())
        .startsWith("*@1 in force from ");
    assertThat(run("policy", "set", file.toString(), "--adapter=support").out())
        .startsWith("support@1 in force from ");
    Cli.Result second = run("policy", "set", document("").toString(), "--format=json");
    assertThat(second.json().get(0).get("version").asLong()).isEqualTo(2);

    List<JsonNode> all = run("policy", "show", "--format=json").json();
    assertThat(all)
        .extracting(node -> node.get("adapter").asText() + node.get("version").asText())
        .containsExactly("*1", "*2", "support1");
    assertThat(all.get(0).get("note").asText()).isEqualTo("shorter");
    assertThat(all).allMatch(node -> !node.get("inForce").asBoolean());
    assertThat(run("policy", "show", "--whole", "--version=1").out())
        .contains("maxCharacters: 30", "window: PT24H");
  }

  @Test
  void whatCannotBeAPolicyIsNamedAndNotSet() throws IOException {
    Path file = document("admit: {maxCharcters: 30}");
    Cli.Result result = run("policy", "set", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith(file + ": unknown key admit.maxCharcters, known here: [");
    assertThat(run("policy", "set", document("").toString(), "--in=PT1S").code()).isEqualTo(2);
    assertThat(run("policy", "show", "--whole", "--version=7").code()).isEqualTo(1);
  }

  private Path document(String yaml) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), yaml);
  }

  private void produce() {
    String lines =
        """
        {"id": "1", "prompt": "What?", "completion": "This."}
        {"id": "2", "prompt": "What?", "completion": "this. "}
        {"id": "3", "prompt": "What?", "completion": "Something that takes longer to say."}
        """;
    List<String> arguments = new ArrayList<>(List.of("produce", "--adapter=support"));
    arguments.addAll(connection);
    arguments.add("-");
    Cli.Result result = Cli.runWithInput(lines, arguments.toArray(String[]::new));
    assertThat(result.code()).as(result.err()).isZero();
  }

  private Cli.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(connection);
    return Cli.run(all.toArray(String[]::new));
  }
}
