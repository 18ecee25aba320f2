package io.alluvium.cli.bench.domains.exam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.TrainingExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialTest {
  @TempDir private Path folder;

  @Test
  void theFirstLinesAreSentAndTheLastAreHeldBack() throws IOException {
    Material material = Material.read(file(10), "a", new Material.Size(4, 3));
    assertThat(material.name()).isEqualTo("news");
    assertThat(material.sent())
        .extracting(TrainingExample::getId)
        .containsExactly("news-000001", "news-000002", "news-000003", "news-000004");
    assertThat(material.heldBack())
        .extracting(TrainingExample::getPrompt)
        .containsExactly("q7", "q8", "q9");
  }

  @Test
  void aFileThatIsTooShortIsNamed() throws IOException {
    Path file = file(6);
    assertThatThrownBy(() -> Material.read(file, "a", new Material.Size(4, 3)))
        .hasMessage(
            file + " has 6 lines, 4 to send and 3 to hold back were asked for: lower --records");
  }

  private Path file(int lines) throws IOException {
    return Files.write(
        folder.resolve("news.jsonl"),
        IntStream.range(0, lines)
            .mapToObj("{\"prompt\": \"q%1$d\", \"completion\": \"a%1$d\"}"::formatted)
            .toList());
  }
}
