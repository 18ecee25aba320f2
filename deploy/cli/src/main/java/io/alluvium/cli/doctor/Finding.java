package io.alluvium.cli.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param check what
 * @param verdict how it stands
 * @param detail what was found, and the remedy where one is needed
 */
record Finding(String check, Verdict verdict, String detail) {
  /** How it stands. */
  enum Verdict {
    /** As it should be. */
    OK,
    /** Missing, and only some things need it. */
    MISSING,
    /** The system cannot run like this. */
    BAD
  }

  static Finding ok(String check, String detail) {
    return new Finding(check, Verdict.OK, detail);
  }

  static Finding missing(String check, String detail) {
    return new Finding(check, Verdict.MISSING, detail);
  }

  static Finding bad(String check, String detail) {
    return new Finding(check, Verdict.BAD, detail);
  }

  String text() {
    return String.format(Locale.ROOT, "%-8s %-16s %s", word(), check, detail);
  }

  ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return node.put("check", check).put("verdict", word()).put("detail", detail);
  }

  private String word() {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
