package io.alluvium.stack.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rooms of a module as a Mermaid flowchart: one box for each package right below the module's
 * root, what lies deeper in it; an arrow from a room to those that use it, left out where a longer
 * way says the same.
 */
public final class RoomPicture {
  private static final String BEGIN = "<!-- drawn from the code: the rooms -->\n";
  private static final String END = "<!-- end of the rooms -->\n";
  private static final int MOST_LETTERS = 70;

  private final String root;
  private final List<Room> rooms;

  private RoomPicture(String root, List<Room> rooms) {
    this.root = root;
    this.rooms = rooms;
  }

  /**
   * Reads a module's sources.
   *
   * @param root the package above its rooms
   * @throws IOException when they cannot be read
   */
  public static RoomPicture of(Path sources, String root) throws IOException {
    return new RoomPicture(root, SourceTree.rooms(sources));
  }

  /** Rooms that have too many classes and do not say why, with how many they have. */
  public List<String> tooLarge() {
    return rooms.stream()
        .filter(Room::isTooLarge)
        .map(room -> room.name() + ": " + room.classes().size())
        .toList();
  }

  /**
   * A README with the picture as it is now.
   *
   * @throws IOException when it cannot be read
   * @throws IllegalArgumentException when it has no place for the picture
   */
  public String in(Path readme) throws IOException {
    String text = Files.readString(readme);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(readme + " has no place for the picture: " + BEGIN + END);
    }
    return text.substring(0, begin + BEGIN.length())
        + "```mermaid\n"
        + drawn()
        + "```\n"
        + text.substring(end);
  }

  /** The flowchart. */
  public String drawn() {
    Map<String, Set<String>> users = users();
    StringBuilder text = new StringBuilder("flowchart TD\n");
    users.keySet().forEach(name -> text.append("  %s[\"%s\"]%n".formatted(name, label(name))));
    users.forEach(
        (name, to) ->
            to.stream()
                .filter(user -> !goesRound(users, name, user))
                .forEach(user -> text.append("  %s --> %s%n".formatted(name, user))));
    return text.toString();
  }

  private String label(String name) {
    String gist =
        rooms.stream()
            .filter(room -> room.name().equals(root + "." + name))
            .map(Room::gist)
            .findFirst()
            .orElse("");
    return gist.isEmpty() ? name : name + "<br/>" + shortened(gist);
  }

  private static String shortened(String gist) {
    String plain = gist.replace('"', '\'');
    return plain.length() <= MOST_LETTERS
        ? plain
        : plain.substring(0, plain.lastIndexOf(' ', MOST_LETTERS)) + " …";
  }

  /** For each room right below the root those that import from it. */
  private Map<String, Set<String>> users() {
    Map<String, Set<String>> users = new TreeMap<>();
    below().forEach(room -> users.computeIfAbsent(top(room.name()), name -> new TreeSet<>()));
    for (Room room : below()) {
      for (String type : room.imports()) {
        String from = type.startsWith(root + ".") ? top(type) : "";
        if (users.containsKey(from) && !from.equals(top(room.name()))) {
          users.get(from).add(top(room.name()));
        }
      }
    }
    return users;
  }

  private List<Room> below() {
    return rooms.stream().filter(room -> room.name().startsWith(root + ".")).toList();
  }

  private String top(String name) {
    return name.substring(root.length() + 1).split("\\.", 2)[0];
  }

  /** Whether {@code to} uses something that uses {@code from}. */
  private static boolean goesRound(Map<String, Set<String>> users, String from, String to) {
    return users.getOrDefault(from, Set.of()).stream()
        .filter(via -> !via.equals(to))
        .anyMatch(via -> reach(users, via).contains(to));
  }

  private static Set<String> reach(Map<String, Set<String>> users, String from) {
    Set<String> all = new TreeSet<>(users.getOrDefault(from, Set.of()));
    Set<String> news = Set.copyOf(all);
    while (!news.isEmpty()) {
      news =
          news.stream()
              .flatMap(name -> users.getOrDefault(name, Set.of()).stream())
              .filter(all::add)
              .collect(Collectors.toSet());
    }
    return all;
  }
}
