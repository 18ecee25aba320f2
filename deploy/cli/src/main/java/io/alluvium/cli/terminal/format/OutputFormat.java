package io.alluvium.cli.terminal.format;

/** Who reads the output: written in lower case on the command line. */
public enum OutputFormat {
  /** A person. */
  text,
  /** A program: one JSON value per line. */
  json
}
