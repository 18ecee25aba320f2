package io.alluvium.trainer.base.chat.jinja.parse;

import io.alluvium.trainer.base.chat.jinja.parse.Token.Kind;
import java.util.List;

/** Tokens, and where the parser stands among them. */
final class TokenStream {
  private static final int DEEPEST = 120;

  /** As many brackets as Python reads within each other, and Jinja writes one for each operator. */
  private static final int LONGEST_CHAIN = 200;

  private final List<Token> tokens;
  private int at;
  private int depth;

  TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token current() {
    return tokens.get(at);
  }

  Token look() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = current();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean skipName(String name) {
    return skip(current().name(name));
  }

  boolean skipOperator(String operator) {
    return skip(current().operator(operator));
  }

  private boolean skip(boolean here) {
    if (here) {
      next();
    }
    return here;
  }

  Token expect(Kind kind) {
    if (!current().is(kind)) {
      throw unexpected(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }
    return next();
  }

  Token expectName(String name) {
    return expect(current().name(name), name);
  }

  Token expectOperator(String operator) {
    return expect(current().operator(operator), operator);
  }

  private Token expect(boolean here, String wanted) {
    if (!here) {
      throw unexpected("'" + wanted + "'");
    }
    return next();
  }

  private SyntaxError unexpected(String wanted) {
    return error("expected token " + wanted + ", got " + current().described());
  }

  SyntaxError error(String message) {
    return new SyntaxError(current().line(), message);
  }

  /** Goes a level deeper; refuses what would end in a stack overflow. */
  void enter() {
    if (++depth > DEEPEST) {
      throw error("nested deeper than " + DEEPEST + " levels");
    }
  }

  /** Refuses one operator, filter or the like too many in a row. */
  int chained(int length) {
    if (length > LONGEST_CHAIN) {
      throw error("nested too deep: more than " + LONGEST_CHAIN + " operations in a row");
    }
    return length + 1;
  }

  void leave() {
    depth--;
  }
}
