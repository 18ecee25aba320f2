package io.alluvium.cli;

import io.alluvium.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Every command there is, and whether a line that somebody would type is one of them. */
final class CommandTree {
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");
  private static final Pattern END = Pattern.compile("[>|&#<]");

  private CommandTree() {}

  /** Commands by their path, such as "policy show"; those with subcommands too. */
  static Map<String, CommandLine> all() {
    Map<String, CommandLine> found = new LinkedHashMap<>();
    collect("", fresh(), found);
    return found;
  }

  private static void collect(String path, CommandLine command, Map<String, CommandLine> found) {
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              found.put(path + name, subcommand);
              collect(path + name + " ", subcommand, found);
            });
  }

  /**
   * Reads a line as the program would, without doing anything.
   *
   * @param line what stands after {@code alluvium}
   * @throws CommandLine.ParameterException when the program would call it wrong usage
   */
  static void parse(String line) {
    fresh().parseArgs(words(line).toArray(String[]::new));
  }

  /** Whether a line could be run as it stands, and not only spoken of. */
  static boolean isWhole(String line) {
    try {
      CommandLine.ParseResult last = fresh().parseArgs(words(line).toArray(String[]::new));
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      return last.commandSpec().subcommands().isEmpty();
    } catch (CommandLine.ParameterException incomplete) {
      return false;
    }
  }

  private static CommandLine fresh() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return Alluvium.commandLine(
        new Terminal(nowhere, nowhere, false), InputStream.nullInputStream());
  }

  /** What a shell would hand over of one command: quotes taken off, up to a redirection. */
  static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(MatchResult::group)
        .takeWhile(word -> !END.matcher(word).lookingAt())
        .map(word -> QUOTED.matcher(word).replaceAll("$1$2"))
        .toList();
  }
}
