package io.alluvium.cli.produce.line;

/** A field that breaks a rule; the message says which. */
final class FieldException extends Exception {
  private static final long serialVersionUID = 1;

  private final String rule;

  FieldException(String rule) {
    super(rule);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
