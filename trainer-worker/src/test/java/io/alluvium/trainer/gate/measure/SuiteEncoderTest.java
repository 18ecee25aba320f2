package io.alluvium.trainer.gate.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that a base cannot give, with the shipped base's tokenizer. */
class SuiteEncoderTest {
  private static final Path BASE =
      Path.of(System.getProperty("alluvium.home"), "trainer-worker", "models", "alluvium-tiny");

  private final Path folder;

  SuiteEncoderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anAnswerWithoutATokenOfTheBaseIsNamedWithFileLineAndRemedy() throws IOException {
    Path file =
        suite(
            """
            {"prompt":"sort cab:","completion":" abc"}
            {"prompt":"say it in greek:","completion":"\u03b1\u03b2"}
            """);
    assertThatThrownBy(() -> load(file, 1 << 20))
        .isInstanceOf(BadSuiteException.class)
        .hasMessage(
            "retention suite %s line 2: the base has no token for anything in the answer; correct the line, or leave it out"
                .formatted(file));
    Path chat =
        suite(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"\u03b1\"}]}\n");
    assertThatThrownBy(() -> load(chat, 1 << 20)).hasMessageContaining("line 1: the base has no");
  }

  @Test
  void aTokenBeyondTheEmbeddingIsNamedToo() throws IOException {
    Path file = suite("{\"prompt\":\"sort cab:\",\"completion\":\" abc\"}\n");
    load(file, 1 << 20);
    assertThatThrownBy(() -> load(file, 10))
        .isInstanceOf(BadSuiteException.class)
        .hasMessageContaining("line 1: token ")
        .hasMessageContaining(" is beyond the base's embedding of 10 rows; correct the line");
  }

  @Test
  void whatFailsUnforeseenIsTheLinesFault() throws IOException {
    Path file = suite("{\"prompt\":\"sort cab:\",\"completion\":\" abc\"}\n");
    assertThatThrownBy(
            () ->
                RetentionSuite.load(
                    file,
                    text -> {
                      throw new IllegalStateException("torn");
                    },
                    64))
        .isInstanceOf(BadSuiteException.class)
        .hasMessageContaining(
            "line 1: the base's tokenizer or chat template fails: IllegalStateException: torn");
  }

  @Test
  void questionsAndAnswersAreReadAsTextsBySkill() throws IOException {
    Path file =
        suite(
            """
            {"prompt":"sort cab:","completion":" abc","labels":{"skill":"sort"}}
            {"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}
            """);
    assertThat(SuiteTexts.load(java.util.List.of(file, file)))
        .extracting(SuiteTexts::toString)
        .containsExactly(
            "SuiteTexts[skill=sort, texts=[sort cab:  abc, sort cab:  abc]]",
            "SuiteTexts[skill=old, texts=[hi ho, hi ho]]");
  }

  private Path suite(String lines) throws IOException {
    return Files.writeString(folder.resolve("old.jsonl"), lines);
  }

  private static void load(Path file, int vocabulary) throws IOException {
    try (ExampleTokenizer tokenizer = ExampleTokenizer.open(HfFolder.open(BASE))) {
      RetentionSuite.load(
          file, new SuiteEncoder(tokenizer::encode, tokenizer::decode, vocabulary), 64);
    }
  }
}
