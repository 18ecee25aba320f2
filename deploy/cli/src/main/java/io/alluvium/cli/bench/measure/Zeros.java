package io.alluvium.cli.bench.measure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.verify.VerifyCommand;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** What {@code verify} says of a stack. */
public final class Zeros {
  private Zeros() {}

  /**
   * Runs it over a stack that runs, folders included; its messages stand in its JSON too.
   *
   * @param folder the stack's data directory
   * @return what {@code verify --format json} prints
   */
  public static JsonNode of(DataFolder folder) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VerifyCommand verify =
        new VerifyCommand(
            new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                false));
    new CommandLine(verify)
        .parseArgs(
            "--data",
            folder.root().toString(),
            "--store",
            folder.artifacts().toString(),
            "--format",
            "json");
    try {
      verify.call();
      return new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
