package io.alluvium.trainer.base.chat.jinja.parse;

/**
 * A piece of a source.
 *
 * @param kind what it is
 * @param text its text; of a string, what the string holds
 * @param line where it begins, from 1
 */
record Token(Kind kind, String text, int line) {
  /** Kinds of tokens. */
  enum Kind {
    DATA,
    VARIABLE_BEGIN,
    VARIABLE_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    END
  }

  boolean is(Kind wanted) {
    return kind == wanted;
  }

  boolean name(String wanted) {
    return kind == Kind.NAME && text.equals(wanted);
  }

  boolean operator(String wanted) {
    return kind == Kind.OPERATOR && text.equals(wanted);
  }

  /** How errors name it. */
  String described() {
    return switch (kind) {
      case END -> "end of template";
      case VARIABLE_END -> "end of print statement";
      case BLOCK_END -> "end of statement block";
      default -> "'" + text + "'";
    };
  }
}
