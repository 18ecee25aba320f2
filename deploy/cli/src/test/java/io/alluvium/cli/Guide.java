package io.alluvium.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the texts of the project tell people to type. */
final class Guide {
  static final Path HOME =
      Path.of(System.getProperty("alluvium.home", "../..")).toAbsolutePath().normalize();

  private static final Pattern FENCE = Pattern.compile("(?ms)^ *```(\\w*)\\n(.*?)^ *```");
  private static final Pattern SPAN = Pattern.compile("(?s)`([^`]+)`");
  private static final Pattern COMMAND = Pattern.compile("(?:deploy/)?alluvium ([a-z][^\\n]*)");

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private Guide() {}

  /** Every text of the project that is not generated. */
  static List<Path> texts() {
    try (Stream<Path> all = Files.walk(HOME)) {
      return all.filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !HOME.relativize(file).toString().matches("(.*/)?target/.*"))
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The commands in the fenced blocks of a text, without {@code alluvium}. */
  static List<String> fenced(Path text) {
    return blocks(text).stream()
        .flatMap(block -> block.code().lines())
        .map(COMMAND::matcher)
        .filter(Matcher::lookingAt)
        .map(matcher -> matcher.group(1).strip())
        .toList();
  }

  /** The commands in the running words of a text, without {@code alluvium}. */
  static List<String> inline(Path text) {
    String words = FENCE.matcher(read(text)).replaceAll("");
    return SPAN.matcher(words)
        .results()
        .map(span -> span.group(1).replaceAll("\\s+", " "))
        .map(COMMAND::matcher)
        .filter(Matcher::lookingAt)
        .map(matcher -> matcher.group(1).strip())
        .toList();
  }

  /** The fenced blocks of a text in order. */
  static List<Block> blocks(Path text) {
    return FENCE
        .matcher(read(text))
        .results()
        .map(found -> new Block(found.group(1), found.group(2)))
        .toList();
  }

  /** Where the links and pictures of a text lead, but for those to other places of the web. */
  static List<String> links(Path text) {
    String words = FENCE.matcher(read(text)).replaceAll("");
    return LINK.matcher(SPAN.matcher(words).replaceAll("code"))
        .results()
        .map(found -> found.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  /** Names of the headings of a text, as GitHub makes them. */
  static List<String> anchors(Path text) {
    return HEADING
        .matcher(FENCE.matcher(read(text)).replaceAll(""))
        .results()
        .map(found -> found.group(1).strip().toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** The code spans in the first column of a text's tables, row by row. */
  static List<List<String>> firstColumns(Path text) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : read(text).lines().filter(row -> row.startsWith("| `")).toList()) {
      String first = line.substring(1, line.indexOf('|', 1));
      rows.add(SPAN.matcher(first).results().map(span -> span.group(1)).toList());
    }
    return rows;
  }

  static String read(Path text) {
    try {
      return Files.readString(text);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /**
   * A fenced block.
   *
   * @param language what stands behind the fence; may be empty
   * @param code its lines
   */
  record Block(String language, String code) {}
}
