package io.alluvium.stack.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomPictureTest {
  @TempDir private Path folder;

  @BeforeEach
  void aModuleOfThreeRooms() throws IOException {
    write("a/package-info", "/** Reads {@code it}. Then more. */\npackage r.a;");
    write("a/Reader", "package r.a;");
    write("b/Middle", "package r.b;\nimport r.a.Reader;");
    write("c/deep/Last", "package r.c.deep;\nimport r.a.Reader;\nimport static r.b.Middle.x;");
  }

  @Test
  void anArrowThatALongerWaySaysIsLeftOut() throws IOException {
    assertThat(RoomPicture.of(folder, "r").drawn())
        .isEqualTo(
            """
            flowchart TD
              a["a<br/>Reads it"]
              b["b"]
              c["c"]
              a --> b
              b --> c
            """);
  }

  @Test
  void aRoomOfSixClassesSaysWhy() throws IOException {
    for (String name : List.of("P", "Q", "S", "T", "U")) {
      write("a/" + name, "package r.a;");
    }
    write("a/TornException", "package r.a;");
    assertThat(RoomPicture.of(folder, "r").tooLarge()).containsExactly("r.a: 6");
    write(
        "a/package-info",
        "/**\n * Reads.\n *\n * <p>More than five classes: one a\n * letter.\n */\npackage r.a;");
    assertThat(RoomPicture.of(folder, "r").tooLarge()).isEmpty();
  }

  @Test
  void theReadmeHasAPlaceForIt() throws IOException {
    Path readme = folder.resolve("README.md");
    Files.writeString(
        readme, "x\n<!-- drawn from the code: the rooms -->\nold\n<!-- end of the rooms -->\ny\n");
    RoomPicture picture = RoomPicture.of(folder, "r");
    assertThat(picture.in(readme))
        .isEqualTo(
            "x\n<!-- drawn from the code: the rooms -->\n```mermaid\n"
                + picture.drawn()
                + "```\n<!-- end of the rooms -->\ny\n");
    Files.writeString(readme, "none");
    assertThatThrownBy(() -> picture.in(readme)).hasMessageContaining("no place");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("r").resolve(name + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
  }
}
