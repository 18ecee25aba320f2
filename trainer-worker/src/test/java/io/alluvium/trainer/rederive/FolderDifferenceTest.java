package io.alluvium.trainer.rederive;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDifferenceTest {
  @TempDir private Path root = Path.of("");

  private Path folder(String name, String json, float... values) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    Files.writeString(folder.resolve("state.json"), json);
    SafetensorsWriter.write(
        folder.resolve("adapter_model.safetensors"),
        Map.of("a", FloatTensor.of(values, values.length)),
        Dtype.F32);
    return folder;
  }

  private FolderDifference between(Path one, Path other) throws IOException {
    return FolderDifference.between(one, other);
  }

  @Test
  void equalFoldersDoNotDiffer() throws IOException {
    FolderDifference none =
        between(folder("a", "{\"x\":1}", 1, Float.NaN), folder("b", "{\"x\":1}", 1, Float.NaN));
    assertThat(none.largest()).isZero();
    assertThat(none.within(0)).isTrue();
  }

  @Test
  void theLargestDifferenceIsThatOfTensorsAndNumbersOfJson() throws IOException {
    FolderDifference tensors =
        between(folder("a", "{\"x\":[1]}", 1, 2), folder("b", "{\"x\":[1]}", 1.25f, 2));
    assertThat(tensors.largest()).isEqualTo(0.25);
    assertThat(tensors.within(0.25)).isTrue();
    assertThat(tensors.within(0.2)).isFalse();
    assertThat(between(folder("c", "{\"x\":[1]}", 1), folder("d", "{\"x\":[3]}", 1)).largest())
        .isEqualTo(2);
  }

  @Test
  void aNumberThatIsNoneIsAsDifferentAsCanBe() throws IOException {
    assertThat(between(folder("a", "{}", 1), folder("b", "{}", Float.NaN)).within(1e9)).isFalse();
  }

  @Test
  void whatNoNumberSaysIsNamed() throws IOException {
    Path one = folder("a", "{\"x\":\"lora\",\"y\":1}", 1);
    Path other = folder("b", "{\"x\":\"dora\"}", 1, 2);
    Files.writeString(other.resolve("more.json"), "{}");
    assertThat(between(one, other).otherwise())
        .contains(
            "files: without [], with [more.json]",
            "fields of state.json: without [y], with []",
            "state.json x is \"lora\" and \"dora\"",
            "adapter_model.safetensors a has 1 and 2 values");
    assertThat(between(one, other).within(1e9)).isFalse();
  }
}
