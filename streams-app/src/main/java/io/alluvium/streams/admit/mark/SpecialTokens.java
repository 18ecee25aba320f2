package io.alluvium.streams.admit.mark;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds special tokens in texts: the longest that begins at a place, as tokenizers do. A tree over
 * their characters, so that bases with hundreds of them cost no more than those with three. Pure.
 */
public final class SpecialTokens {
  /** What stands in a masked text where a special token stood. */
  public static final String MASK = "[SPECIAL_TOKEN]";

  /** Not found. */
  private static final int NONE = -1;

  private static final int ASCII = 128;

  private final Node root = new Node();

  /** Where a token may begin, by its first character; what is beyond ASCII stands in the tree. */
  private final boolean[] begins = new boolean[ASCII];

  private boolean beginsBeyond;

  /** The first characters again, to look for them as fast as the machine can. */
  private final String beginnings;

  /** For these tokens. */
  public SpecialTokens(Collection<String> tokens) {
    for (String token : tokens) {
      Node node = root;
      for (int i = 0; i < token.length(); i++) {
        node = node.next.computeIfAbsent(token.charAt(i), c -> new Node());
      }
      node.isEnd = true;
      if (token.charAt(0) < ASCII) {
        begins[token.charAt(0)] = true;
      } else {
        beginsBeyond = true;
      }
    }
    this.beginnings =
        tokens.stream().map(token -> token.substring(0, 1)).distinct().collect(joining());
  }

  /** The first token that a text holds, or empty. */
  public Optional<String> first(String text) {
    if (!mayHold(text)) {
      return Optional.empty();
    }
    for (int i = 0; i < text.length(); i++) {
      int end = end(text, i);
      if (end != NONE) {
        return Optional.of(text.substring(i, end));
      }
    }
    return Optional.empty();
  }

  /** The text with {@link #MASK} in place of each token. */
  public String masked(String text) {
    List<Integer> cuts = new ArrayList<>(0);
    for (int i = 0; i < text.length(); i++) {
      int end = end(text, i);
      if (end != NONE) {
        cuts.add(i);
        cuts.add(end);
        i = end - 1;
      }
    }
    return cuts.isEmpty() ? text : cut(text, cuts);
  }

  private boolean mayHold(String text) {
    for (int i = 0; i < beginnings.length(); i++) {
      if (text.indexOf(beginnings.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static String cut(String text, List<Integer> cuts) {
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (int i = 0; i < cuts.size(); i += 2) {
      masked.append(text, from, cuts.get(i)).append(MASK);
      from = cuts.get(i + 1);
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** Where the longest token ends that begins here. */
  private int end(String text, int start) {
    char first = text.charAt(start);
    if (first < ASCII ? !begins[first] : !beginsBeyond) {
      return NONE;
    }
    Node node = root;
    int end = NONE;
    for (int i = start; i < text.length(); i++) {
      node = node.next.get(text.charAt(i));
      if (node == null) {
        return end;
      }
      end = node.isEnd ? i + 1 : end;
    }
    return end;
  }

  /** A beginning that tokens share. */
  private static final class Node {
    private final Map<Character, Node> next = new HashMap<>(2);
    private boolean isEnd;
  }
}
