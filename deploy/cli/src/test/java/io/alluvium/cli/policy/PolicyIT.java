package io.alluvium.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.Cli;
import io.alluvium.cli.OnStack;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.produce.ExampleSender;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The policy commands against a real broker and registry. */
@ExtendWith(LocalStackExtension.class)
class PolicyIT {
  private static final Topics TOPICS = new Topics("policy-it.", 2);

  private final LocalStack stack;
  private final Path folder;
  private final OnStack alluvium;

  PolicyIT(LocalStack stack, @TempDir Path data) {
    this.stack = stack;
    alluvium = new OnStack(stack, TOPICS, data);
    folder = data;
  }

  @Test
  void aPolicyIsComparedRehearsedSetAndShown() throws IOException {
    produce();
    // A rehearsal is not stopped by what anybody may write.
    produceWhatNobodyCanRead();
    Path file = document("admit: {maxCharacters: 30}");
    assertThat(alluvium.run("policy", "diff", file.toString()).out())
        .isEqualTo("admit.maxCharacters: 8000 -> 30\n");

    Cli.Result rehearsal =
        alluvium.run("policy", "dry-run", file.toString(), "--last=4", "--format=json");
    assertThat(rehearsal.errLines())
        .containsExactly(
            "1 records of policy-it.examples cannot be read and are left out; streams-app refuses them");
    List<JsonNode> rehearsed = rehearsal.json();
    assertThat(rehearsed).hasSize(2);
    assertThat(rehearsed.get(0).get("before").asText()).isEqualTo("examples.accepted");
    assertThat(rehearsed.get(0).get("after").asText()).isEqualTo("examples.rejected TOO_LONG");
    assertThat(rehearsed.get(1).toString())
        .isEqualTo(
            "{\"records\":3,\"changed\":1,"
                + "\"before\":{\"examples.accepted\":2,\"examples.rejected DUPLICATE_TEXT\":1},"
                + "\"after\":{\"examples.accepted\":1,\"examples.rejected DUPLICATE_TEXT\":1,"
                + "\"examples.rejected TOO_LONG\":1}}");
    assertThat(alluvium.run("policy", "show").out()).as("a rehearsal sets nothing").isEmpty();

    assertThat(alluvium.run("policy", "set", file.toString(), "--note=shorter").out())
        .startsWith("*@1 in force from ");
    assertThat(alluvium.run("policy", "set", file.toString(), "--adapter=support").out())
        .startsWith("support@1 in force from ");
    Cli.Result second = alluvium.run("policy", "set", document("").toString(), "--format=json");
    assertThat(second.json().get(0).get("version").asLong()).isEqualTo(2);

    List<JsonNode> all = alluvium.run("policy", "show", "--format=json").json();
    assertThat(all)
        .extracting(node -> node.get("adapter").asText() + node.get("version").asText())
        .containsExactly("*1", "*2", "support1");
    assertThat(all.get(0).get("note").asText()).isEqualTo("shorter");
    assertThat(all).allMatch(node -> !node.get("inForce").asBoolean());
    assertThat(alluvium.run("policy", "show", "--whole", "--version=1").out())
        .contains("maxCharacters: 30", "window: PT24H");
  }

  @Test
  void whatCannotBeAPolicyIsNamedAndNotSet() throws IOException {
    Path file = document("admit: {maxCharcters: 30}");
    Cli.Result result = alluvium.run("policy", "set", file.toString());
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith(file + ": unknown key admit.maxCharcters, known here: [");
    assertThat(alluvium.run("policy", "set", document("").toString(), "--in=PT1S").code())
        .isEqualTo(2);
    assertThat(alluvium.run("policy", "show", "--whole", "--version=7").code()).isEqualTo(1);
  }

  @Test
  void aSuiteIsAddedListedAndRemoved() throws IOException {
    Path suite =
        Files.writeString(
            folder.resolve("suite.jsonl"),
            """
            {"prompt": "35 + 39 =", "completion": " 74", "labels": {"skill": "add"}}
            {"question": "Who?", "answer": "Ann"}
            {"messages": [{"role": "user", "content": "Where is it?"}, {"role": "assistant", "content": "Here."}]}
            """);
    assertThat(alluvium.run("suite", "add", suite.toString(), "--name=sums").out())
        .startsWith("sums: 2 items guarded from ")
        .endsWith(", 1 too short or too much alike to recognise\n");
    assertThat(alluvium.run("suite", "list").out())
        .contains("sums", "2 items, 2 guarded, written by an operator");
    assertThat(alluvium.run("suite", "remove", "sums").out())
        .startsWith("sums: 2 items guarded until ");
    assertThat(alluvium.run("suite", "remove", "songs").code()).isEqualTo(1);
  }

  private Path document(String yaml) throws IOException {
    return Files.writeString(folder.resolve("policy.yaml"), yaml);
  }

  private void produceWhatNobodyCanRead() {
    Cluster cluster =
        new Cluster(
            new ClientSettings(
                Map.of(
                    ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                    ClientSettings.REGISTRY, stack.registryUrl(),
                    ClientSettings.TOPIC_PREFIX, TOPICS.prefix())));
    try (ExampleSender sender = new ExampleSender(cluster)) {
      sender.sendBytes("support", "no avro".getBytes(StandardCharsets.UTF_8), "poison");
      sender.flush();
    }
  }

  private void produce() {
    String lines =
        """
        {"id": "1", "prompt": "What?", "completion": "This."}
        {"id": "2", "prompt": "What?", "completion": "this. "}
        {"id": "3", "prompt": "What?", "completion": "Something that takes longer to say."}
        """;
    Cli.Result result = alluvium.runWithInput(lines, "produce", "--adapter=support", "-");
    assertThat(result.code()).as(result.err()).isZero();
  }
}
