package io.alluvium.trainer.model.safetensors;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.FloatTensor;
import io.alluvium.trainer.model.tensor.HalfPrecision;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes safetensors files whose bytes depend on the tensors alone: names sorted, header padded.
 */
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Dtype> WRITTEN = List.of(Dtype.F32, Dtype.F16, Dtype.BF16);
  private static final int ALIGNMENT_BYTES = 8;
  private static final int CHUNK_VALUES = 16_384;

  private SafetensorsWriter() {}

  /**
   * Writes a new file, or replaces one. Not atomic: write into a staging folder.
   *
   * @param dtype F32, or F16 or BF16 (rounded to nearest even)
   */
  public static void write(Path file, Map<String, FloatTensor> tensors, Dtype dtype)
      throws IOException {
    write(
        file,
        tensors.entrySet().stream()
            .map(tensor -> new Made(tensor.getKey(), tensor.getValue().shape(), tensor::getValue))
            .sorted(Comparator.comparing(Made::name))
            .toList(),
        dtype);
  }

  /**
   * A tensor that is made when it is written.
   *
   * @param name of the tensor
   * @param shape sizes per dimension
   * @param tensor makes it; asked once
   */
  public record Made(String name, List<Long> shape, Supplier<FloatTensor> tensor) {
    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /**
   * The same, of tensors that are made one at a time in the order of the list, so that no more than
   * one is in memory.
   *
   * @param dtype F32, or F16 or BF16 (rounded to nearest even)
   */
  public static void write(Path file, List<Made> tensors, Dtype dtype) throws IOException {
    if (!WRITTEN.contains(dtype)) {
      throw new IllegalArgumentException("can write " + WRITTEN + ", not " + dtype);
    }
    List<Made> sorted = tensors.stream().sorted(Comparator.comparing(Made::name)).toList();
    byte[] header = header(sorted, dtype);
    try (FileChannel channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
      // Not closed: it would close the channel.
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
      out.write(header);
      for (Made tensor : tensors) {
        out.flush();
        channel.position(header.length + begin(sorted, tensor, dtype));
        write(out, tensor.tensor().get().values(), dtype);
      }
      out.flush();
    }
  }

  /** Bytes of all that stand before it. */
  private static long begin(List<Made> sorted, Made tensor, Dtype dtype) {
    return dtype.widthBytes()
        * sorted.stream()
            .takeWhile(other -> !other.name().equals(tensor.name()))
            .mapToLong(Made::elements)
            .sum();
  }

  private static byte[] header(List<Made> sorted, Dtype dtype) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("__metadata__").put("format", "pt");
    long begin = 0;
    for (Made tensor : sorted) {
      long end = begin + tensor.elements() * dtype.widthBytes();
      ObjectNode entry = root.putObject(tensor.name()).put("dtype", dtype.name());
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    return padded(JSON.writeValueAsBytes(root));
  }

  /** Length, then JSON filled up with spaces so that the data is aligned. */
  private static byte[] padded(byte[] json) {
    int length = (json.length + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
    byte[] bytes = new byte[Long.BYTES + length];
    Arrays.fill(bytes, (byte) ' ');
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
    return bytes;
  }

  private static void write(OutputStream out, float[] values, Dtype dtype) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_VALUES * dtype.widthBytes());
    chunk.order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK_VALUES) {
      int to = Math.min(values.length, from + CHUNK_VALUES);
      chunk.clear();
      for (int i = from; i < to; i++) {
        switch (dtype) {
          case F32 -> chunk.putFloat(values[i]);
          case F16 -> chunk.putShort(HalfPrecision.toFloat16(values[i]));
          default -> chunk.putShort(HalfPrecision.toBfloat16(values[i]));
        }
      }
      out.write(chunk.array(), 0, chunk.position());
    }
  }
}
