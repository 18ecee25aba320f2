package io.alluvium.cli.local.plan;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.base.folder.HfFolder;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.finetune.anchor.Anchors;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base model and what protects its skills.
 *
 * @param base folder in Hugging Face layout
 * @param retention suites that every version is measured with; may be empty
 * @param anchors lines that keep the adapter near the base; null lets the worker have the base
 *     generate them
 */
public record ModelPlan(Path base, List<Path> retention, @Nullable Path anchors) {
  /** Makes the paths absolute, since the programs run elsewhere. */
  public ModelPlan {
    base = base.toAbsolutePath().normalize();
    retention = retention.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    anchors = anchors == null ? null : anchors.toAbsolutePath().normalize();
  }

  /**
   * A base with suites and anchors named by the user, or else those that it brings in its folder
   * {@code retention} and its file {@code anchors.jsonl}.
   *
   * @throws CommandException (usage) when a named file does not exist, or the base cannot serve
   */
  public static ModelPlan of(Path base, List<Path> retention, @Nullable Path anchors) {
    requireUsable(base);
    retention.forEach(file -> requireFile(file, "--retention"));
    if (anchors != null) {
      requireFile(anchors, "--anchors");
    }
    return new ModelPlan(
        base,
        retention.isEmpty() ? suitesOf(base) : retention,
        anchors == null ? anchorsOf(base) : anchors);
  }

  /** Seen here it costs a second; seen by a worker it would cost the start of everything before. */
  private static void requireUsable(Path base) {
    try {
      ExampleTokenizer.open(HfFolder.open(base)).close();
    } catch (IOException unusable) {
      throw CommandException.usage(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  private static void requireFile(Path file, String option) {
    if (!Files.isRegularFile(file)) {
      throw CommandException.usage(
          "no file %s: check the path given with %s".formatted(file, option));
    }
  }

  private static @Nullable Path anchorsOf(Path base) {
    Path file = base.resolve(Anchors.FILE_IN_BASE);
    return Files.isRegularFile(file) ? file : null;
  }

  private static List<Path> suitesOf(Path base) {
    Path folder = base.resolve("retention");
    List<Path> suites = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
        files.forEach(suites::add);
      } catch (IOException unreadable) {
        throw CommandException.usage(
            "cannot read " + folder + ": check its permissions", unreadable);
      }
    }
    suites.sort(null);
    return suites;
  }
}
