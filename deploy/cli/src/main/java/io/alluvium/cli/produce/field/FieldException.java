package io.alluvium.cli.produce.field;

/** A field that breaks a rule; the message says which. */
public final class FieldException extends Exception {
  private static final long serialVersionUID = 1;

  private final String rule;

  /**
   * @param rule what is wrong, for "line 7: RULE"
   */
  public FieldException(String rule) {
    super(rule);
    this.rule = rule;
  }

  /** What is wrong, in one line. */
  public String rule() {
    return rule;
  }
}
