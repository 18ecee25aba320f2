package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.house.RoomPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The picture of the rooms in README.md is drawn from the sources.
 *
 * <p>After a change run with {@code -Dalluvium.draw=true} to draw it anew.
 */
class PackagePictureTest {
  private static final Path README = Path.of("README.md");

  @Test
  void thePictureInTheReadmeIsTheRooms() throws IOException {
    String drawn = rooms().in(README);
    if (Boolean.getBoolean("alluvium.draw")) {
      Files.writeString(README, drawn);
    }
    assertThat(Files.readString(README)).isEqualTo(drawn);
  }

  @Test
  void aRoomHasFiveClassesAtMostOrSaysWhy() throws IOException {
    assertThat(rooms().tooLarge()).isEmpty();
  }

  private static RoomPicture rooms() throws IOException {
    return RoomPicture.of(Path.of("src/main/java"), "io.alluvium.streams");
  }
}
