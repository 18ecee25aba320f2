package io.alluvium.trainer.model.chat.jinja.tree;

import java.util.List;

/** Statements that follow each other; told apart by identity, since each may have its scope. */
public final class Body {
  private final List<Statement> statements;

  /** A body of these statements, in their order. */
  public Body(List<Statement> statements) {
    this.statements = List.copyOf(statements);
  }

  /** In order. */
  public List<Statement> statements() {
    return statements;
  }
}
