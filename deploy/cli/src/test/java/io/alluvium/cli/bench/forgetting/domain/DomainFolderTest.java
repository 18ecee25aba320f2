package io.alluvium.cli.bench.forgetting.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainFolderTest {
  @TempDir private Path folder;

  @Test
  void whatIsAskedIsNeverSent() throws IOException {
    for (DomainFiles domain : drawn("a", 1)) {
      Set<String> sent = new HashSet<>(Files.readAllLines(Path.of(domain.train())));
      assertThat(sent).hasSize(768);
      for (String test : domain.tests().values()) {
        assertThat(Files.readAllLines(Path.of(test))).hasSize(64).doesNotContainAnyElementsOf(sent);
      }
    }
  }

  @Test
  void aSeedDecidesEverything() throws IOException {
    assertThat(texts(drawn("a", 1))).isEqualTo(texts(drawn("b", 1)));
    assertThat(texts(drawn("a", 1))).isNotEqualTo(texts(drawn("c", 2)));
  }

  private List<DomainFiles> drawn(String name, long seed) throws IOException {
    return new DomainFolder(folder.resolve(name), 768).drawn(3, seed);
  }

  private static List<List<String>> texts(List<DomainFiles> domains) throws IOException {
    List<List<String>> texts = new ArrayList<>();
    for (DomainFiles domain : domains) {
      texts.add(Files.readAllLines(Path.of(domain.train())));
    }
    return texts;
  }
}
