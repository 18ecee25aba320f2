package io.alluvium.trainer.model.safetensors;

import io.alluvium.trainer.model.tensor.HalfPrecision;
import io.alluvium.trainer.model.tensor.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Map;

/**
 * A safetensors file: header read and validated once, values read on request.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class SafetensorsFile {
  private static final long COMPARED_BYTES = 1 << 26;
  private static final int LENGTH_BYTES = Long.BYTES;
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private final Path path;
  private final Map<String, TensorEntry> entries;

  private SafetensorsFile(Path path, Map<String, TensorEntry> entries) {
    this.path = path;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * Reads the header.
   *
   * @throws BadSafetensorsException when the file is truncated, its ranges overlap, leave the file
   *     or do not fit their shapes
   * @throws IOException when it cannot be read
   */
  public static SafetensorsFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long headerBytes = headerBytes(path, channel);
      byte[] header = read(channel, LENGTH_BYTES, headerBytes).array();
      HeaderReader reader = new HeaderReader(path, LENGTH_BYTES + headerBytes, channel.size());
      return new SafetensorsFile(path, reader.read(header));
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The tensors by name, in name order. */
  public Map<String, TensorEntry> entries() {
    return entries;
  }

  /**
   * Where one tensor lies.
   *
   * @throws BadSafetensorsException when it is absent
   */
  public TensorEntry entry(String name) throws BadSafetensorsException {
    TensorEntry entry = entries.get(name);
    if (entry == null) {
      throw new BadSafetensorsException(path, "tensor " + name + " is missing");
    }
    return entry;
  }

  /**
   * Reads one tensor as fp32.
   *
   * @throws BadSafetensorsException when it is absent, not of a floating type, or too large for an
   *     array
   */
  public float[] floats(String name) throws IOException {
    TensorEntry entry = entry(name);
    if (entry.elements() > Integer.MAX_VALUE - 8) {
      throw new BadSafetensorsException(path, "tensor " + name + " is too large for an array");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long length = entry.endByte() - entry.beginByte();
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, entry.beginByte(), length);
      return decode(name, entry, bytes.order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /**
   * Whether a tensor has the type, shape and bytes of another.
   *
   * @throws BadSafetensorsException when either is absent
   */
  public boolean sameBytes(String name, SafetensorsFile other, String otherName)
      throws IOException {
    TensorEntry mine = entry(name);
    TensorEntry its = other.entry(otherName);
    if (mine.dtype() != its.dtype() || !mine.shape().equals(its.shape())) {
      return false;
    }
    try (FileChannel here = FileChannel.open(path, StandardOpenOption.READ);
        FileChannel there = FileChannel.open(other.path, StandardOpenOption.READ)) {
      long length = mine.endByte() - mine.beginByte();
      for (long at = 0; at < length; at += COMPARED_BYTES) {
        long part = Math.min(COMPARED_BYTES, length - at);
        ByteBuffer one = here.map(FileChannel.MapMode.READ_ONLY, mine.beginByte() + at, part);
        if (!one.equals(there.map(FileChannel.MapMode.READ_ONLY, its.beginByte() + at, part))) {
          return false;
        }
      }
      return true;
    }
  }

  private float[] decode(String name, TensorEntry entry, ByteBuffer bytes)
      throws BadSafetensorsException {
    float[] values = new float[(int) entry.elements()];
    switch (entry.dtype()) {
      case F32 -> bytes.asFloatBuffer().get(values);
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfPrecision.fromBfloat16(bytes.getShort());
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = HalfPrecision.fromFloat16(bytes.getShort());
        }
      }
      default ->
          throw new BadSafetensorsException(
              path, "tensor " + name + " is " + entry.dtype() + ", want F32, F16 or BF16");
    }
    return values;
  }

  private static long headerBytes(Path path, FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    if (fileBytes < LENGTH_BYTES) {
      throw new BadSafetensorsException(path, "truncated: " + fileBytes + " bytes, no header");
    }
    long length = read(channel, 0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    if (length < 2 || length > MAX_HEADER_BYTES) {
      throw new BadSafetensorsException(
          path, "header of " + Long.toUnsignedString(length) + " bytes; not a safetensors file");
    }
    if (length > fileBytes - LENGTH_BYTES) {
      throw new BadSafetensorsException(
          path, "truncated: header of " + length + " bytes, file of " + fileBytes);
    }
    return length;
  }

  private static ByteBuffer read(FileChannel channel, long position, long length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("file shrank while it was read");
      }
    }
    return buffer.flip();
  }
}
