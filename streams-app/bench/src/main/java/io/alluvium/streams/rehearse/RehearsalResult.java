package io.alluvium.streams.rehearse;

import java.util.List;

/**
 * What became of one record: everything that was written because of it, in flow order. Two
 * rehearsals decided alike when these are equal; when something was decided does not count.
 *
 * @param written one line each
 */
public record RehearsalResult(List<Written> written) {
  /** Copies. */
  public RehearsalResult {
    written = List.copyOf(written);
  }

  /**
   * A record that was written.
   *
   * @param topic its topic
   * @param reason reason code of a rejection, else empty
   * @param content the decisions on it as JSON, or a rejection's detail
   */
  public record Written(String topic, String reason, String content) {
    /** What to count it under: the topic, and the reason where there is one. */
    public String kind() {
      return reason.isEmpty() ? topic : topic + " " + reason;
    }
  }
}
