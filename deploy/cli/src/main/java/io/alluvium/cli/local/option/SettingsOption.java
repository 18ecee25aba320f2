package io.alluvium.cli.local.option;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option of every command that starts programs, or says what they would need. */
public final class SettingsOption {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A further setting of streams-app (streams.…) or the worker (trainer.…). Repeatable.")
  private final Map<String, String> overrides = new LinkedHashMap<>();

  /** Settings by their keys, with {@code streams.} or {@code trainer.} before them. */
  public Map<String, String> overrides() {
    return Map.copyOf(overrides);
  }
}
