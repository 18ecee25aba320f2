package io.alluvium.cli.connect.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {
  private static final Path OF_THE_PASSWORD_FILE = Path.of("/passwd");

  @Test
  void homeOfTheEnvironmentGoesBeforeThatOfThePasswordFile() {
    assertThat(root(Map.of("HOME", "/home/me"))).isEqualTo(Path.of("/home/me/.alluvium"));
    assertThat(root(Map.of("HOME", ""))).isEqualTo(Path.of("/passwd/.alluvium"));
    assertThat(root(Map.of())).isEqualTo(Path.of("/passwd/.alluvium"));
  }

  @Test
  void namedDirectoryGoesBeforeAnyHome() {
    assertThat(root(Map.of("HOME", "/home/me", "ALLUVIUM_DATA", "/data")))
        .isEqualTo(Path.of("/data"));
  }

  private static Path root(Map<String, String> environment) {
    return DataFolder.byDefault(environment, OF_THE_PASSWORD_FILE).root();
  }
}
