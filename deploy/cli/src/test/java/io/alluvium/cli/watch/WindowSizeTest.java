package io.alluvium.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.connect.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowSizeTest {
  @TempDir private Path folder;

  @Test
  void withoutAStackItIsTheTrainersOwnNumber() {
    assertThat(WindowSize.of(new DataFolder(folder))).isEqualTo(256);
  }

  @Test
  void ofAStackItIsWhatItsTrainerWasTold() throws IOException {
    DataFolder data = new DataFolder(folder);
    Files.createDirectories(data.config());
    Files.writeString(data.config().resolve("trainer-worker.yaml"), "window: {examples: 7}\n");
    assertThat(WindowSize.of(data)).isEqualTo(7);
  }
}
