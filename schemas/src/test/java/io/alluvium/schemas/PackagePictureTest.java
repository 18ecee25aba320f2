package io.alluvium.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.house.RoomPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The picture of the rooms in README.md is that of the code.
 *
 * <p>After a change run with {@code -Dalluvium.draw=true} to draw it anew.
 */
class PackagePictureTest {
  private static final Path README = Path.of("README.md");
  private static final Path SOURCES = Path.of("src/main/java");

  @Test
  void thePictureInTheReadmeIsTheCode() throws IOException {
    String drawn = RoomPicture.of(SOURCES, "io.alluvium.schemas").in(README);
    if (Boolean.getBoolean("alluvium.draw")) {
      Files.writeString(README, drawn);
    }
    assertThat(Files.readString(README)).isEqualTo(drawn);
  }

  @Test
  void noRoomIsLargeWithoutAReason() throws IOException {
    assertThat(RoomPicture.of(SOURCES, "io.alluvium.schemas").tooLarge()).isEmpty();
  }
}
