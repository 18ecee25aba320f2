package io.alluvium.streams.admit.secret.character;

import java.util.List;

/** Is a place the argument of a command? It looks back on its line, and not far. Pure. */
public final class CommandLine {
  private static final int LONGEST = 160;

  private CommandLine() {}

  /** Whether one of the commands stands before the place, as a word on the same line. */
  public static boolean holds(String text, int place, List<String> commands) {
    return argumentsFrom(before(text, place), commands) >= 0;
  }

  /**
   * As {@link #holds}, with what is an argument between: two words and more in a row are a sentence
   * that speaks of the command.
   */
  public static boolean calls(String text, int place, List<String> commands) {
    String line = before(text, place);
    int from = argumentsFrom(line, commands);
    if (from < 0) {
      return false;
    }
    int words = 0;
    for (String argument : line.substring(from).split(" ", -1)) {
      boolean isWord = !argument.isEmpty() && argument.chars().allMatch(Character::isLetter);
      words = isWord ? words + 1 : 0;
      if (words > 1) {
        return false;
      }
    }
    return true;
  }

  private static int argumentsFrom(String line, List<String> commands) {
    for (String command : commands) {
      int found = line.lastIndexOf(command + " ");
      if (found >= 0 && !Shapes.isToken(Shapes.at(line, found - 1))) {
        return found + command.length() + 1;
      }
    }
    return -1;
  }

  private static String before(String text, int place) {
    int least = Math.max(0, place - LONGEST);
    int start = place;
    while (start > least && text.charAt(start - 1) != '\n') {
      start--;
    }
    return text.substring(start, place);
  }
}
