package io.alluvium.trainer.model.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over names, lengths and bytes of files, in the given order. */
final class FolderDigest {
  private static final int CHUNK_BYTES = 1 << 16;

  private FolderDigest() {}

  /**
   * @param more what counts besides files; nothing where it is empty
   */
  static String of(List<Path> files, String more) throws IOException {
    MessageDigest digest = sha256();
    digest.update(more.getBytes(StandardCharsets.UTF_8));
    for (Path file : files) {
      String line = file.getFileName() + " " + Files.size(file) + "\n";
      digest.update(line.getBytes(StandardCharsets.UTF_8));
      update(digest, file);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Path file) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        digest.update(chunk, 0, n);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
