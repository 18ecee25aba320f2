package io.alluvium.cli.produce.shape;

import io.alluvium.cli.terminal.Terminal;
import picocli.CommandLine.Option;

/** The option of every command that reads examples. */
public final class ShapeOption {
  @Option(
      names = "--shape",
      paramLabel = "SHAPE",
      defaultValue = "auto",
      description =
          "Shape of the lines: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, that of the first line that has one).")
  private Shape shape = Shape.auto;

  /**
   * For the lines of one file.
   *
   * @param file what it is called when the person at the terminal is told what was found
   */
  public Shaping shaping(String file, Terminal terminal) {
    return new Shaping(shape, note -> terminal.say(file + ": " + note));
  }
}
