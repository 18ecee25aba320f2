package io.alluvium.cli.local.plan;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base model, and what a user names to protect its skills. Where nothing is named the worker
 * uses what the base's folder brings.
 *
 * @param base folder in Hugging Face layout
 * @param retention suites that every version is measured with instead of the base's own
 * @param anchors lines that keep the adapter near the base instead of the base's own
 */
public record ModelPlan(Path base, List<Path> retention, @Nullable Path anchors) {
  /** Makes the paths absolute, since the programs run elsewhere. */
  public ModelPlan {
    base = base.toAbsolutePath().normalize();
    retention = retention.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    anchors = anchors == null ? null : anchors.toAbsolutePath().normalize();
  }

  /**
   * A base with suites and anchors named by the user.
   *
   * @throws CommandException (usage) when a named file does not exist, or the base cannot serve
   */
  public static ModelPlan of(Path base, List<Path> retention, @Nullable Path anchors) {
    requireUsable(base);
    retention.forEach(file -> requireFile(file, "--retention"));
    if (anchors != null) {
      requireFile(anchors, "--anchors");
    }
    return new ModelPlan(base, retention, anchors);
  }

  /**
   * The suites that the worker measures every version with, unless a setting says otherwise.
   *
   * @throws CommandException (usage) when those of the base cannot be listed
   */
  public List<Path> suites() {
    try {
      return retention.isEmpty() ? new SkillFiles(base).suites() : retention;
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot list the suites of %s: check its permissions".formatted(base), unreadable);
    }
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
}
