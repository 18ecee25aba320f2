package io.alluvium.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the command line in this process and keeps what it said. */
public final class Cli {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Cli() {}

  /** Runs a command without standard input. */
  public static Result run(String... arguments) {
    return runWithInput("", arguments);
  }

  /** Runs a command that reads a text. */
  public static Result runWithInput(String input, String... arguments) {
    return runWithInput(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  /** Runs a command that reads a stream. */
  public static Result runWithInput(InputStream input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), /* interactive= */ false);
    int code = Alluvium.run(terminal, input, arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  /** What a command left. */
  public record Result(int code, String out, String err) {
    /** Standard error, line by line. */
    public List<String> errLines() {
      return err.lines().toList();
    }

    /** Standard output as JSON, one value per line. */
    public List<JsonNode> json() {
      return out.lines().map(Result::parsed).toList();
    }

    private static JsonNode parsed(String line) {
      try {
        return JSON.readTree(line);
      } catch (JsonProcessingException noJson) {
        throw new AssertionError("not JSON: " + line, noJson);
      }
    }
  }
}
