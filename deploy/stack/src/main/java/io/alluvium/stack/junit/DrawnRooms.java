package io.alluvium.stack.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.alluvium.stack.house.RoomPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The picture of the rooms in a module's README.md is that of its code, and none of them is larger
 * than rooms are without saying why. A module's test implements this.
 *
 * <p>After a change run with {@code -Dalluvium.draw=true} to draw it anew.
 */
public interface DrawnRooms {
  /** The package above the module's rooms. */
  String root();

  /** The README has the picture of the code. */
  @Test
  default void thePictureInTheReadmeIsTheCode() throws IOException {
    Path readme = Path.of("README.md");
    String drawn = rooms().in(readme);
    if (Boolean.getBoolean("alluvium.draw")) {
      Files.writeString(readme, drawn);
    }
    assertTrue(
        drawn.equals(Files.readString(readme)),
        "README.md draws other rooms than the code has: run this with -Dalluvium.draw=true");
  }

  /** No room has more than five classes without a reason. */
  @Test
  default void noRoomIsLargeWithoutAReason() throws IOException {
    assertEquals(List.of(), rooms().tooLarge());
  }

  private RoomPicture rooms() throws IOException {
    return RoomPicture.of(Path.of("src/main/java"), root());
  }
}
