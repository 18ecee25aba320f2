package io.alluvium.trainer.model.chat.jinja.token;

import io.alluvium.trainer.model.chat.jinja.python.character.Characters;
import io.alluvium.trainer.model.chat.jinja.token.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a source into tokens, with {@code trim_blocks} and {@code lstrip_blocks}. */
public final class Lexer {
  private static final Pattern FLOAT =
      Pattern.compile(
          "(?<!\\.)(?:\\d+_)*\\d+(?:(?:\\.(?:\\d+_)*\\d+)?[eE][+-]?(?:\\d+_)*\\d+|\\.(?:\\d+_)*\\d+)");
  private static final Pattern INTEGER =
      Pattern.compile(
          "0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?\\d)*|0(?:_?0)*");
  private static final List<String> OPERATORS =
      List.of(
          "//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%", "~", "[", "]", "(", ")", "{",
          "}", ">", "<", "=", ".", ":", "|", ",", ";");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int counted;

  private Lexer(String source) {
    this.source = source;
  }

  /** Line ends become {@code \n}; a single one at the end of the source goes. */
  public static List<Token> tokens(String source) {
    String plain = source.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer = new Lexer(plain.endsWith("\n") ? plain.substring(0, plain.length() - 1) : plain);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < source.length()) {
      int tag = nextTag();
      if (tag < 0) {
        data(source.substring(at));
        at = source.length();
      } else {
        tag(tag);
      }
    }
    add(Kind.END, "");
  }

  private int nextTag() {
    for (int n = source.indexOf('{', at); n >= 0; n = source.indexOf('{', n + 1)) {
      if (n + 1 < source.length() && "{%#".indexOf(source.charAt(n + 1)) >= 0) {
        return n;
      }
    }
    return -1;
  }

  private void tag(int begin) {
    char kind = source.charAt(begin + 1);
    char sign = sign(begin + 2);
    data(stripped(source.substring(at, begin), sign, kind));
    at = begin + (sign == ' ' ? 2 : 3);
    int raw = kind == '%' ? rawEnd() : -1;
    if (raw >= 0) {
      at = raw;
      raw();
    } else if (kind == '#') {
      comment();
    } else {
      add(kind == '{' ? Kind.VARIABLE_BEGIN : Kind.BLOCK_BEGIN, "");
      inside(kind == '{');
    }
  }

  private char sign(int place) {
    char c = place < source.length() ? source.charAt(place) : ' ';
    return c == '-' || c == '+' ? c : ' ';
  }

  private String stripped(String text, char sign, char kind) {
    if (sign == '-') {
      return Characters.stripRight(text);
    }
    int start = text.lastIndexOf('\n') + 1;
    boolean begins = start > 0 || at == 0 || source.charAt(at - 1) == '\n';
    boolean blank = Characters.stripRight(text.substring(start)).isEmpty();
    return sign == ' ' && kind != '{' && begins && blank ? text.substring(0, start) : text;
  }

  private void data(String text) {
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
  }

  private void add(Kind kind, String text) {
    countLines();
    tokens.add(new Token(kind, text, line));
  }

  private void countLines() {
    for (; counted < at; counted++) {
      line += source.charAt(counted) == '\n' ? 1 : 0;
    }
  }

  private SyntaxError error(String message) {
    countLines();
    return new SyntaxError(line, message);
  }

  private int blank(int from) {
    int to = from;
    while (to < source.length() && Characters.space(source.charAt(to))) {
      to++;
    }
    return to;
  }

  /** Where a tag ends that begins raw text; -1 for another tag. */
  private int rawEnd() {
    int name = blank(at);
    if (!source.startsWith("raw", name)) {
      return -1;
    }
    int end = blank(name + 3);
    if (source.startsWith("-%}", end)) {
      return blank(end + 3);
    }
    return source.startsWith("%}", end) ? end + 2 : -1;
  }

  private void raw() {
    for (int n = source.indexOf("{%", at); n >= 0; n = source.indexOf("{%", n + 1)) {
      char sign = sign(n + 2);
      int name = blank(n + (sign == ' ' ? 2 : 3));
      int end = source.startsWith("endraw", name) ? end(blank(name + 6), "%}") : -1;
      if (end >= 0) {
        data(stripped(source.substring(at, n), sign, '%'));
        at = end;
        return;
      }
    }
    throw error("Missing end of raw directive");
  }

  /** Where a closing mark ends that stands here, with the white space it takes; -1 without one. */
  private int end(int place, String mark) {
    if (source.startsWith("-" + mark, place)) {
      return blank(place + 1 + mark.length());
    }
    if (source.startsWith("+" + mark, place)) {
      return place + 1 + mark.length();
    }
    if (!source.startsWith(mark, place)) {
      return -1;
    }
    int end = place + mark.length();
    return source.startsWith("\n", end) ? end + 1 : end;
  }

  private void comment() {
    int mark = source.indexOf("#}", at);
    if (mark < 0) {
      throw error("Missing end of comment tag");
    }
    boolean signed = mark > at && sign(mark - 1) != ' ';
    at = end(signed ? mark - 1 : mark, "#}");
  }

  private void inside(boolean variable) {
    Deque<String> open = new ArrayDeque<>();
    while (at < source.length()) {
      at = blank(at);
      int end = open.isEmpty() ? (variable ? variableEnd() : end(at, "%}")) : -1;
      if (end >= 0) {
        add(variable ? Kind.VARIABLE_END : Kind.BLOCK_END, "");
        at = end;
        return;
      }
      if (at < source.length()) {
        token(open);
      }
    }
  }

  private int variableEnd() {
    if (source.startsWith("-}}", at)) {
      return blank(at + 3);
    }
    return source.startsWith("}}", at) ? at + 2 : -1;
  }

  private void token(Deque<String> open) {
    char c = source.charAt(at);
    if (c == '"' || c == '\'') {
      string(c);
    } else if (!matched(FLOAT, Kind.FLOAT) && !matched(INTEGER, Kind.INTEGER)) {
      if (Character.isUnicodeIdentifierPart(source.codePointAt(at)) && c != 0) {
        name();
      } else {
        operator(open);
      }
    }
  }

  private boolean matched(Pattern pattern, Kind kind) {
    Matcher matcher = pattern.matcher(source).useTransparentBounds(true);
    matcher.region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    add(kind, matcher.group().replace("_", ""));
    at = matcher.end();
    return true;
  }

  private void name() {
    int end = at;
    while (end < source.length() && Character.isUnicodeIdentifierPart(source.codePointAt(end))) {
      end += Character.charCount(source.codePointAt(end));
    }
    String name = source.substring(at, end);
    int first = name.codePointAt(0);
    if (first != '_' && !Character.isUnicodeIdentifierStart(first)) {
      throw error("Invalid character in identifier '" + name + "'");
    }
    add(Kind.NAME, name);
    at = end;
  }

  private void string(char mark) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != mark) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw error("unexpected char " + mark + ": a string without an end");
    }
    countLines();
    add(Kind.STRING, new Escapes(source.substring(at + 1, end), line).text());
    at = end + 1;
  }

  private void operator(Deque<String> open) {
    String operator =
        OPERATORS.stream()
            .filter(o -> source.startsWith(o, at))
            .findFirst()
            .orElseThrow(
                () ->
                    error("unexpected char '" + Character.toString(source.codePointAt(at)) + "'"));
    balance(operator, open);
    add(Kind.OPERATOR, operator);
    at += operator.length();
  }

  private void balance(String operator, Deque<String> open) {
    switch (operator) {
      case "{" -> open.push("}");
      case "(" -> open.push(")");
      case "[" -> open.push("]");
      case "}", ")", "]" -> {
        if (open.isEmpty() || !open.pop().equals(operator)) {
          throw error("unexpected '" + operator + "'");
        }
      }
      default -> {}
    }
  }
}
