package io.alluvium.cli.terminal.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** The option of every command whose output a program may read. */
public final class FormatOption {
  @Option(
      names = "--format",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private OutputFormat format = OutputFormat.text;

  /** Whether a program reads. */
  public boolean isJson() {
    return format == OutputFormat.json;
  }

  /** Prints a result in the form that was asked for. */
  public void print(Terminal terminal, JsonNode json, String text) {
    if (isJson()) {
      terminal.print(json);
    } else {
      terminal.print(text);
    }
  }
}
