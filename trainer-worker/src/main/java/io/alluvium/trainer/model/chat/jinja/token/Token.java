package io.alluvium.trainer.model.chat.jinja.token;

/**
 * A piece of a source.
 *
 * @param kind what it is
 * @param text its text; of a string, what the string holds
 * @param line where it begins, from 1
 */
public record Token(Kind kind, String text, int line) {
  /** Kinds of tokens. */
  public enum Kind {
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

  /** Whether it is of this kind. */
  public boolean is(Kind wanted) {
    return kind == wanted;
  }

  /** Whether it is this name. */
  public boolean name(String wanted) {
    return kind == Kind.NAME && text.equals(wanted);
  }

  /** Whether it is this operator. */
  public boolean operator(String wanted) {
    return kind == Kind.OPERATOR && text.equals(wanted);
  }

  /** How errors name it. */
  public String described() {
    return switch (kind) {
      case END -> "end of template";
      case VARIABLE_END -> "end of print statement";
      case BLOCK_END -> "end of statement block";
      default -> "'" + text + "'";
    };
  }
}
