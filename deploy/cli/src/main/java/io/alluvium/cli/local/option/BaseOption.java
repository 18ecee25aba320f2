package io.alluvium.cli.local.option;

import io.alluvium.cli.local.machine.ShippedBase;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that runs, or looks at, a base of the user's choice. */
public final class BaseOption {
  @Option(
      names = "--base",
      paramLabel = "DIR",
      description = "Base model in Hugging Face layout (default: the shipped one).")
  private @Nullable Path base;

  /** The folder of the base; nothing is looked for in it yet. */
  public Path folder() {
    return base == null ? ShippedBase.folder() : base;
  }

  /** Whether somebody named one. */
  public boolean isNamed() {
    return base != null;
  }
}
