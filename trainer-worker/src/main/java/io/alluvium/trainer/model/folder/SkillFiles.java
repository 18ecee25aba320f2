package io.alluvium.trainer.model.folder;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files by which a model folder says what its base can do: {@code retention/SKILL.jsonl},
 * questions of old skills, and {@code anchors.jsonl}, texts to hold adapters to the base by. A
 * folder may bring them or not; they do not count in its digest.
 *
 * @param folder in Hugging Face layout
 */
public record SkillFiles(Path folder) {
  /** Where the suite of a skill stands, or would. */
  public Path suite(String skill) {
    return suiteFolder().resolve(skill + ".jsonl");
  }

  /** Where the anchors stand, or would. */
  public Path anchorFile() {
    return folder.resolve("anchors.jsonl");
  }

  /**
   * The suites that are there, by name.
   *
   * @throws IOException when their folder cannot be listed
   */
  public List<Path> suites() throws IOException {
    List<Path> suites = new ArrayList<>();
    if (Files.isDirectory(suiteFolder())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(suiteFolder(), "*.jsonl")) {
        files.forEach(suites::add);
      }
    }
    suites.sort(null);
    return List.copyOf(suites);
  }

  /** The anchors; empty when there are none. */
  public Optional<Path> anchors() {
    return Optional.of(anchorFile()).filter(Files::isRegularFile);
  }

  private Path suiteFolder() {
    return folder.resolve("retention");
  }
}
