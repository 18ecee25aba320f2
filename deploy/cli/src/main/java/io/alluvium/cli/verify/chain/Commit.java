package io.alluvium.cli.verify.chain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the group stands in a partition.
 *
 * @param offset before it nothing waits
 * @param note what the trainer wrote beside it
 */
public record Commit(long offset, String note) {
  private static final Pattern NEW =
      Pattern.compile("events=(\\d+) position=(\\d+) waiting=(\\d+)");
  private static final Pattern OLD = Pattern.compile("event-next=(\\d+|none)");

  /** The number of events that the note gives; -1 where it gives none. */
  public long events() {
    return number(1);
  }

  /** Up to where was read; -1 where the note gives none. */
  public long position() {
    return number(2);
  }

  /** Records before the position that are in no window; -1 where the note gives none. */
  public long waiting() {
    return number(3);
  }

  private long number(int group) {
    Matcher found = NEW.matcher(note);
    return found.matches() ? Long.parseLong(found.group(group)) : -1;
  }

  /**
   * Whether the note of an old build names the end of the last window; true for other notes.
   *
   * @param next that end, or "none"
   */
  boolean agreesAsOld(String next) {
    Matcher found = OLD.matcher(note);
    return !found.matches() || found.group(1).equals(next);
  }
}
