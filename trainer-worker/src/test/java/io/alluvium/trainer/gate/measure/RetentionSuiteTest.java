package io.alluvium.trainer.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.chat.UnrenderableChatException;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.ExampleText.Conversation;
import io.alluvium.trainer.model.text.TokenSequence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionSuiteTest {
  private final Path folder;

  RetentionSuiteTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void linesAreGroupedByTheirSkillOrTheFilesName() throws IOException {
    Path file =
        write(
            """
            {"prompt":"1+1=","completion":"2","labels":{"skill":"add"}}
            {"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}

            {"prompt":"2+2=","completion":"4","labels":{"skill":"add"}}
            """);
    List<RetentionSuite> suites = load(file);
    assertThat(suites).extracting(RetentionSuite::skill).containsExactly("add", "old");
    assertThat(suites).extracting(suite -> suite.items().size()).containsExactly(2, 1);
  }

  @Test
  void whatCannotBeUsedIsNamedWithFileAndLine() throws IOException {
    assertThatThrownBy(() -> load(write("{\"prompt\":\"a\",\"completion\":\"b\"}\n{oops\n")))
        .isInstanceOf(BadSuiteException.class)
        .hasMessageContaining("old.jsonl line 2: not JSON");
    assertThatThrownBy(() -> load(write("{\"prompt\":\"a\"}\n")))
        .hasMessageContaining("line 1: needs prompt and completion, or messages");
    assertThatThrownBy(() -> load(write("\n"))).hasMessageContaining("is empty");
    assertThatThrownBy(() -> load(folder.resolve("absent")))
        .hasMessageContaining("cannot be read (NoSuchFileException): correct gate.retention");
    assertThatThrownBy(
            () -> load(write("{\"prompt\":\"" + "a".repeat(99) + "\",\"completion\":\"b\"}")))
        .hasMessageContaining("line 1: 101 tokens, at most 64 are taken");
    assertThatThrownBy(
            () -> load(write("{\"messages\":[{\"role\":\"assistant\",\"content\":\"a\"}]}")))
        .hasMessageContaining("line 1: roles must alternate");
  }

  @Test
  void fileOfAnotherSystemIsReadAndOneInAnotherEncodingNamed() throws IOException {
    String line = "{\"prompt\":\"1+1=\",\"completion\":\"2\"}";
    assertThat(load(write("\uFEFF" + line + "\r\n\r\n" + line + "\r\n")).get(0).items()).hasSize(2);
    Path latin =
        Files.writeString(
            folder.resolve("latin.jsonl"),
            "\n{\"prompt\":\"\u00e9\",\"completion\":\"2\"}\n",
            StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> load(latin)).hasMessageContaining("latin.jsonl line 2: not UTF-8");
    Path wide = Files.writeString(folder.resolve("wide.jsonl"), line, StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> load(wide))
        .hasMessageContaining("wide.jsonl cannot be read (it is UTF-16, not UTF-8");
  }

  @Test
  void weightThatIsNoneIsNamedWithItsLine() throws IOException {
    String line = "{\"messages\":[{\"role\":\"assistant\",\"content\":\"a\",\"weight\":3}]}";
    assertThatThrownBy(() -> load(write(line)))
        .hasMessageContaining("line 1: weight of a message is 3, want 0 or 1");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("old.jsonl"), text);
  }

  private static List<RetentionSuite> load(Path file) {
    return RetentionSuite.load(file, RetentionSuiteTest::tokens, 64);
  }

  /** One token per character, one more at the end. */
  private static TokenSequence tokens(ExampleText text) {
    if (text instanceof Completion pair) {
      int length = pair.prompt().length() + pair.completion().length() + 1;
      return new TokenSequence(new int[length], Math.max(1, pair.prompt().length()));
    }
    List<Turn> turns = ((Conversation) text).turns();
    if (turns.get(0).assistant()) {
      throw new UnrenderableChatException("roles must alternate");
    }
    return new TokenSequence(new int[turns.size() + 1], turns.size());
  }
}
