package io.alluvium.trainer.program.device;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Wraps program text as the zip that libtorch loads: stored entries, the text, and two constant
 * pickles (an empty constant table, and a module object of class {@code M} without state).
 */
public final class TorchScriptArchive {
  private static final String ROOT = "program/";
  private static final String HEAD =
      "class M(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n";

  private TorchScriptArchive() {}

  /**
   * Makes the archive.
   *
   * @param methods method definitions, indented by two spaces, of a class that {@code self} has as
   *     {@code __torch__.M}
   * @return the bytes of the zip; equal for equal text
   */
  public static byte[] of(String methods) {
    return of(methods, Map.of());
  }

  /**
   * The same with further files, which {@code torch.jit.load} hands out as {@code _extra_files}.
   *
   * @param notes contents by name
   */
  public static byte[] of(String methods, Map<String, String> notes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
      put(zip, "data.pkl", moduleObject());
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      put(zip, "code/__torch__.py", (HEAD + methods).getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, String> note : new TreeMap<>(notes).entrySet()) {
        put(zip, "extra/" + note.getKey(), note.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory streams do not fail", e);
    }
    return bytes.toByteArray();
  }

  /** Protocol 2: global class, empty tuple, new object, state {"training": true}, build. */
  private static byte[] moduleObject() throws IOException {
    byte[] training = "training".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x80, 2});
    out.write("c__torch__\nM\n".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {')', (byte) 0x81, '}', '('});
    out.write(new byte[] {'X', (byte) training.length, 0, 0, 0});
    out.write(training);
    out.write(new byte[] {(byte) 0x88, 'u', 'b', '.'});
    return out.toByteArray();
  }

  /** Stored with size and checksum ahead, at a fixed time. */
  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(java.time.LocalDateTime.of(2000, 1, 1, 0, 0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
