package io.alluvium.trainer.model.chat.jinja.python.text;

import io.alluvium.trainer.model.chat.jinja.python.character.Characters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A text that is to be split, at most so often; a negative limit is none. */
record Splitting(String text, int limit) {
  /** At each separator. */
  List<Object> at(String separator) {
    List<Object> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0 && more(parts); ) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** At each separator, the last first. */
  List<Object> atFromRight(String separator) {
    List<Object> parts = new ArrayList<>();
    int to = text.length();
    while (more(parts)) {
      int at = text.lastIndexOf(separator, to - separator.length());
      if (at < 0 || to < separator.length()) {
        break;
      }
      parts.add(text.substring(at + separator.length(), to));
      to = at;
    }
    parts.add(text.substring(0, to));
    Collections.reverse(parts);
    return parts;
  }

  /** At white space. */
  List<Object> words() {
    List<Object> words = new ArrayList<>();
    int at = skip(0, true);
    while (at < text.length() && more(words)) {
      int end = skip(at, false);
      words.add(text.substring(at, end));
      at = skip(end, true);
    }
    if (at < text.length()) {
      words.add(text.substring(at));
    }
    return words;
  }

  /** At white space, the last first. */
  List<Object> wordsFromRight() {
    List<Object> words = new ArrayList<>();
    int to = back(text.length(), true);
    while (to > 0 && more(words)) {
      int from = back(to, false);
      words.add(text.substring(from, to));
      to = back(from, true);
    }
    if (to > 0) {
      words.add(text.substring(0, to));
    }
    Collections.reverse(words);
    return words;
  }

  private boolean more(List<Object> parts) {
    return limit < 0 || parts.size() < limit;
  }

  private int skip(int from, boolean space) {
    int at = from;
    while (at < text.length() && Characters.space(text.charAt(at)) == space) {
      at++;
    }
    return at;
  }

  private int back(int from, boolean space) {
    int at = from;
    while (at > 0 && Characters.space(text.charAt(at - 1)) == space) {
      at--;
    }
    return at;
  }

  /** Lines as {@code str.splitlines} gives them. */
  static List<Object> lines(String text, boolean keepEnds) {
    List<Object> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < text.length(); at++) {
      if (Characters.lineEnd(text.charAt(at))) {
        boolean two = text.startsWith("\r\n", at);
        lines.add(text.substring(from, keepEnds ? at + (two ? 2 : 1) : at));
        at += two ? 1 : 0;
        from = at + 1;
      }
    }
    if (from < text.length()) {
      lines.add(text.substring(from));
    }
    return lines;
  }
}
