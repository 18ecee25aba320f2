package io.alluvium.cli.bench.forgetting.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.OldText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamFilesTest {
  @TempDir private Path folder;

  @Test
  void theLastTenthIsAskedAndNeverLearned() throws IOException {
    DomainFiles files = new StreamFiles(folder.resolve("parts")).domain(file("news.jsonl", 50));
    assertThat(files.name()).isEqualTo("news");
    assertThat(Path.of(files.train())).content().startsWith("0\n").endsWith("44\n");
    assertThat(Path.of(files.tests().get("text"))).content().startsWith("45\n").endsWith("49\n");
  }

  @Test
  void whatOldTextIsMeasuredByIsNoAnchor() throws IOException {
    OldText old = new StreamFiles(folder.resolve("parts")).old(file("stories.jsonl", 20));
    assertThat(Files.readAllLines(Path.of(old.questions())))
        .hasSize(10)
        .doesNotContainAnyElementsOf(Files.readAllLines(Path.of(old.anchors())));
  }

  @Test
  void aFileOfTooFewLinesIsNamed() throws IOException {
    Path file = file("few.jsonl", 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StreamFiles(folder).domain(file))
        .withMessage(file + " has 3 lines, want at least 20");
  }

  private Path file(String name, int lines) throws IOException {
    List<String> numbers = IntStream.range(0, lines).mapToObj(String::valueOf).toList();
    return Files.write(folder.resolve(name), numbers);
  }
}
