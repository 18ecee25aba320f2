package io.alluvium.cli.local.machine;

import io.alluvium.cli.terminal.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The base model that comes with the project. */
public final class ShippedBase {
  private ShippedBase() {}

  /**
   * Its folder.
   *
   * @throws CommandException (usage) when it is not where the project keeps it
   */
  public static Path folder() {
    String home = System.getProperty("alluvium.home", ".");
    Path folder = Path.of(home, "trainer-worker", "models", "alluvium-tiny").toAbsolutePath();
    if (!Files.isDirectory(folder)) {
      throw CommandException.usage(
          "the shipped base is not at %s: name a base with --base DIR, or start through deploy/alluvium"
              .formatted(folder.normalize()));
    }
    return folder.normalize();
  }
}
