package io.alluvium.trainer.base.safetensors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
    if (!WRITTEN.contains(dtype)) {
      throw new IllegalArgumentException("can write " + WRITTEN + ", not " + dtype);
    }
    SortedMap<String, FloatTensor> sorted = new TreeMap<>(tensors);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header(sorted, dtype));
      for (FloatTensor tensor : sorted.values()) {
        write(out, tensor.values(), dtype);
      }
    }
  }

  private static byte[] header(SortedMap<String, FloatTensor> tensors, Dtype dtype)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("__metadata__").put("format", "pt");
    long begin = 0;
    for (Map.Entry<String, FloatTensor> e : tensors.entrySet()) {
      long end = begin + (long) e.getValue().values().length * dtype.widthBytes();
      ObjectNode entry = root.putObject(e.getKey()).put("dtype", dtype.name());
      e.getValue().shape().forEach(entry.putArray("shape")::add);
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
