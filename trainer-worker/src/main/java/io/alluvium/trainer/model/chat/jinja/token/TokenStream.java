package io.alluvium.trainer.model.chat.jinja.token;

import io.alluvium.trainer.model.chat.jinja.token.Token.Kind;
import java.util.List;

/** Tokens, and where the parser stands among them. */
public final class TokenStream {
  private static final int DEEPEST = 120;

  /** As many brackets as Python reads within each other, and Jinja writes one for each operator. */
  private static final int LONGEST_CHAIN = 200;

  private final List<Token> tokens;
  private int at;
  private int depth;

  /** Reads these tokens from the first on. */
  public TokenStream(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The token that stands next. */
  public Token current() {
    return tokens.get(at);
  }

  /** The token behind it. */
  public Token look() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /** Takes a token. */
  public Token next() {
    Token token = current();
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** Takes this name if it stands next; whether it did. */
  public boolean skipName(String name) {
    return skip(current().name(name));
  }

  /** Takes this operator if it stands next; whether it did. */
  public boolean skipOperator(String operator) {
    return skip(current().operator(operator));
  }

  private boolean skip(boolean here) {
    if (here) {
      next();
    }
    return here;
  }

  /** Takes a token of this kind, or complains. */
  public Token expect(Kind kind) {
    if (!current().is(kind)) {
      throw unexpected(kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '));
    }
    return next();
  }

  /** Takes this name, or complains. */
  public Token expectName(String name) {
    return expect(current().name(name), name);
  }

  /** Takes this operator, or complains. */
  public Token expectOperator(String operator) {
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

  /** A complaint at the current line. */
  public SyntaxError error(String message) {
    return new SyntaxError(current().line(), message);
  }

  /** Goes a level deeper; refuses what would end in a stack overflow. */
  public void enter() {
    if (++depth > DEEPEST) {
      throw error("nested deeper than " + DEEPEST + " levels");
    }
  }

  /** Refuses one operator, filter or the like too many in a row. */
  public int chained(int length) {
    if (length > LONGEST_CHAIN) {
      throw error("nested too deep: more than " + LONGEST_CHAIN + " operations in a row");
    }
    return length + 1;
  }

  /** Comes back one level of nesting. */
  public void leave() {
    depth--;
  }
}
