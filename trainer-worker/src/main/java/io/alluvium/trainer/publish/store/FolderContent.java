package io.alluvium.trainer.publish.store;

import io.alluvium.schemas.ArtifactFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a flat folder holds. */
final class FolderContent {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private FolderContent() {}

  /** Every file with its hash, in name order. */
  static List<ArtifactFile> describe(Path folder) throws IOException {
    List<ArtifactFile> files = new ArrayList<>();
    for (Path file : listed(folder)) {
      files.add(new ArtifactFile(file.getFileName().toString(), sha256(file), Files.size(file)));
    }
    return files;
  }

  /** The content's name: SHA-256 over the lines "sha256 name", as sha256sum writes them. */
  static String digest(List<ArtifactFile> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(
        file -> lines.append(file.getSha256()).append("  ").append(file.getName()).append('\n'));
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Forces every file and the folder itself to the disk. */
  static void sync(Path folder) throws IOException {
    for (Path file : listed(folder)) {
      force(file);
    }
    force(folder);
  }

  /** Compares a folder with what it should hold. */
  static void check(Path folder, List<ArtifactFile> expected) throws IOException {
    List<ArtifactFile> found = present(folder);
    for (ArtifactFile file : expected) {
      if (!found.contains(file)) {
        throw new BrokenArtifactException(
            "artifact %s: %s is missing or differs from its sha256 %s: restore the folder"
                .formatted(folder, file.getName(), file.getSha256()));
      }
    }
    if (found.size() != expected.size()) {
      throw new BrokenArtifactException(
          "artifact %s holds %d files, its event names %d: remove what was added"
              .formatted(folder, found.size(), expected.size()));
    }
  }

  /** Compares a folder with the digest in its name. */
  static void checkName(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    if (DIGEST.matcher(name).matches() && !digest(present(folder)).equals(name)) {
      throw new BrokenArtifactException(
          "artifact %s: a file is missing or differs from what was published: restore the folder"
              .formatted(folder));
    }
  }

  private static List<ArtifactFile> present(Path folder) throws IOException {
    try {
      return describe(folder);
    } catch (NoSuchFileException missing) {
      throw new BrokenArtifactException("artifact " + folder + " is missing: restore the folder");
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static String sha256(Path file) throws IOException {
    try (DigestInputStream stream = new DigestInputStream(Files.newInputStream(file), sha256())) {
      stream.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(stream.getMessageDigest().digest());
    }
  }

  private static List<Path> listed(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted(Comparator.comparing(file -> file.getFileName().toString())).toList();
    }
  }

  private static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
