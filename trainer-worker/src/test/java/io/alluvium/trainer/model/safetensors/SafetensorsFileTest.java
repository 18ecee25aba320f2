package io.alluvium.trainer.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.model.tensor.HalfPrecision;
import io.alluvium.trainer.model.tensor.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void valuesSurviveWritingAndReading() throws IOException {
    Path file = folder.resolve("a.safetensors");
    float[] values = {1.5f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, 3e-5f};
    SafetensorsWriter.write(
        file,
        Map.of("x", FloatTensor.of(values, 2, 3), "a.b", FloatTensor.of(new float[] {7})),
        Dtype.F32);
    SafetensorsFile read = SafetensorsFile.open(file);
    assertThat(read.floats("x")).containsExactly(values);
    assertThat(read.floats("a.b")).containsExactly(7);
    assertThat(read.entry("x").shape()).containsExactly(2L, 3L);
  }

  @Test
  void equalTensorsGiveEqualBytes() throws IOException {
    Map<String, FloatTensor> tensors = Map.of("b", tensor(40_000), "a", tensor(3));
    SafetensorsWriter.write(folder.resolve("1"), tensors, Dtype.F32);
    SafetensorsWriter.write(folder.resolve("2"), tensors, Dtype.F32);
    assertThat(folder.resolve("1")).hasSameBinaryContentAs(folder.resolve("2"));
  }

  @Test
  void bfloat16RoundsToNearestEven() throws IOException {
    Path file = folder.resolve("a.safetensors");
    float[] values = {1f, 0x1.01p0f, 0x1.03p0f, -3.142f, 0x1p-133f, Float.POSITIVE_INFINITY};
    SafetensorsWriter.write(file, Map.of("x", FloatTensor.of(values, 6)), Dtype.BF16);
    assertThat(SafetensorsFile.open(file).floats("x"))
        .containsExactly(1f, 1f, 1.015625f, -3.140625f, 0x1p-133f, Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({"0x3C00, 1", "0xC000, -2", "0x7BFF, 65504", "0x0001, 5.9604645E-8", "0x8000, -0.0"})
  void float16WidensExactly(String bits, float value) {
    assertThat(HalfPrecision.fromFloat16((short) (int) Integer.decode(bits))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 7 | truncated",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 9 | after the last",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | 12 | gap",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | 8 | data_offsets",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | spans 8 bytes",
        "{\"x\":{\"dtype\":\"Q4\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | unknown dtype",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | shape element -2",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | 8"
            + " | impossible shape",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 4 | overlaps",
        "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | Duplicate field",
        "[1] | 0 | not a JSON object",
        "{\"x\":1} | 0 | unknown dtype",
        "{\"x\" | 0 | not valid JSON",
      })
  void brokenHeadersAreRefusedInOneLine(String header, int dataBytes, String what)
      throws IOException {
    Path file = write(header, dataBytes);
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(BadSafetensorsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(what)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource({"-1", "0", "100000001", "9223372036854775807", "4000"})
  void hugeHeaderLengthsAreRefusedWithoutReading(long length) throws IOException {
    Path file = folder.resolve("huge");
    Files.write(
        file, ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(BadSafetensorsException.class)
        .hasMessageContaining("header of");
  }

  @Test
  void everyCutOfAFileIsRefused() throws IOException {
    Path whole = folder.resolve("whole");
    SafetensorsWriter.write(whole, Map.of("x", tensor(5), "y", tensor(2)), Dtype.F32);
    byte[] bytes = Files.readAllBytes(whole);
    for (int length = 0; length < bytes.length; length++) {
      Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> SafetensorsFile.open(cut))
          .isInstanceOf(BadSafetensorsException.class);
    }
  }

  @Test
  void randomDamageIsEitherRefusedOrLeavesAReadableFile() throws IOException {
    Path whole = folder.resolve("whole");
    SafetensorsWriter.write(whole, Map.of("x", tensor(5), "y", tensor(2)), Dtype.F32);
    byte[] bytes = Files.readAllBytes(whole);
    long seed = 11;
    Random random = new Random(seed);
    for (int n = 0; n < 600; n++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(160)] = (byte) random.nextInt();
      Path file = Files.write(folder.resolve("damaged"), damaged);
      try {
        SafetensorsFile read = SafetensorsFile.open(file);
        for (TensorEntry entry : read.entries().values()) {
          assertThat(entry.endByte())
              .as("seed %d, case %d", seed, n)
              .isLessThanOrEqualTo(bytes.length);
        }
      } catch (BadSafetensorsException expected) {
        assertThat(expected).hasMessageContaining("damaged");
      }
    }
  }

  private static FloatTensor tensor(int elements) {
    float[] values = new float[elements];
    for (int i = 0; i < elements; i++) {
      values[i] = i;
    }
    return FloatTensor.of(values, elements);
  }

  private Path write(String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    return Files.write(folder.resolve("broken"), bytes.array());
  }
}
