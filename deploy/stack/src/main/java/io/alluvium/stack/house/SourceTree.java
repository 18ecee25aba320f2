package io.alluvium.stack.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The packages of a folder of Java sources. */
public final class SourceTree {
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+);");
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*(?:@|package )");
  private static final Pattern TAG = Pattern.compile("\\{@\\w+ (?:[\\w.]+[.#])?([^}]*)}|</?\\w+>");
  private static final String INFO = "package-info";

  private SourceTree() {}

  /**
   * Reads a folder such as {@code src/main/java}.
   *
   * @return its packages by name, those left out that have neither a class nor a comment
   * @throws IOException when a file cannot be read
   */
  public static List<Room> rooms(Path sources) throws IOException {
    Map<String, List<Path>> packages = new TreeMap<>();
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .forEach(
              file ->
                  packages.computeIfAbsent(name(sources, file), p -> new ArrayList<>()).add(file));
    }
    List<Room> rooms = new ArrayList<>();
    for (Map.Entry<String, List<Path>> entry : packages.entrySet()) {
      Room room = room(entry.getKey(), entry.getValue());
      if (!(room.classes().isEmpty() && room.text().isEmpty())) {
        rooms.add(room);
      }
    }
    return rooms.stream().sorted(Comparator.comparing(Room::name)).toList();
  }

  private static String name(Path sources, Path file) {
    return sources.relativize(file.getParent()).toString().replace('/', '.');
  }

  private static Room room(String name, List<Path> files) throws IOException {
    List<String> classes = new ArrayList<>();
    Set<String> imports = new TreeSet<>();
    String text = "";
    for (Path file : files) {
      String source = Files.readString(file);
      String type = file.getFileName().toString().replace(".java", "");
      IMPORT.matcher(source).results().map(found -> found.group(1)).forEach(imports::add);
      if (type.equals(INFO)) {
        text = comment(source);
      } else if (!type.matches(".*(Exception|Error)")) {
        classes.add(type);
      }
    }
    return new Room(name, List.copyOf(classes), Set.copyOf(imports), text);
  }

  private static String comment(String source) {
    Matcher found = COMMENT.matcher(source);
    return found.find()
        ? TAG.matcher(found.group(1).replaceAll("(?m)^\\s*\\*", " "))
            .replaceAll(" $1 ")
            .replaceAll("\\s+", " ")
            .replaceAll(" ([.,;:)])", "$1")
            .strip()
        : "";
  }
}
