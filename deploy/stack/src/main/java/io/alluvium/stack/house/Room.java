package io.alluvium.stack.house;

import java.util.List;
import java.util.Set;

/**
 * A package of a module.
 *
 * @param name its full name
 * @param classes simple names of its top-level types, exceptions and errors not counted
 * @param imports full names of the types that it imports
 * @param text the comment in its {@code package-info.java}, tags taken off; empty where it has none
 */
public record Room(String name, List<String> classes, Set<String> imports, String text) {
  /** How many classes a room has at most unless its comment says why it has more. */
  public static final int MOST_CLASSES = 5;

  /** What the comment of a larger room begins its reason with. */
  public static final String REASON = "More than five classes: ";

  /** Whether it is larger than rooms are, and does not say why. */
  public boolean isTooLarge() {
    return classes.size() > MOST_CLASSES && !text.contains(REASON);
  }

  /** The first sentence of its comment. */
  public String gist() {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end);
  }
}
