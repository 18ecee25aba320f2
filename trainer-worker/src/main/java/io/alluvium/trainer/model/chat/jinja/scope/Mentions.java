package io.alluvium.trainer.model.chat.jinja.scope;

import io.alluvium.trainer.model.chat.jinja.tree.Body;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import io.alluvium.trainer.model.chat.jinja.tree.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Whether a name is read anywhere within a body, scopes within it and all.
 *
 * @param name which
 */
public record Mentions(String name) implements Statement.Visitor<Boolean> {
  /** Whether a body reads or sets this name, blocks within it included. */
  public static boolean of(Body body, String name) {
    return new Mentions(name).body(body);
  }

  private boolean body(Body body) {
    return body.statements().stream().anyMatch(statement -> statement.accept(this));
  }

  private boolean expression(Expression expression) {
    return (expression instanceof Expression.Name read && read.name().equals(name))
        || expressions(expression.parts());
  }

  private boolean expressions(List<Expression> expressions) {
    return expressions.stream().anyMatch(this::expression);
  }

  private boolean maybe(Optional<Expression> expression) {
    return expression.isPresent() && expression(expression.get());
  }

  @Override
  public Boolean data(Statement.Data it) {
    return false;
  }

  @Override
  public Boolean output(Statement.Output it) {
    return expression(it.value());
  }

  @Override
  public Boolean branch(Statement.Branch it) {
    return expression(it.test()) || body(it.then()) || body(it.otherwise());
  }

  @Override
  public Boolean loop(Statement.Loop it) {
    return expression(it.elements())
        || maybe(it.condition())
        || body(it.body())
        || body(it.otherwise());
  }

  @Override
  public Boolean jump(Statement.Jump it) {
    return false;
  }

  @Override
  public Boolean assign(Statement.Assign it) {
    return expression(it.value());
  }

  @Override
  public Boolean capture(Statement.Capture it) {
    return maybe(it.filter()) || body(it.body());
  }

  @Override
  public Boolean macro(Statement.Macro it) {
    return expressions(it.signature().defaults()) || body(it.body());
  }

  @Override
  public Boolean callBlock(Statement.CallBlock it) {
    return expression(it.call()) || expressions(it.signature().defaults()) || body(it.body());
  }

  @Override
  public Boolean generation(Statement.Generation it) {
    return body(it.body());
  }

  @Override
  public Boolean filterBlock(Statement.FilterBlock it) {
    return expression(it.filter()) || body(it.body());
  }

  @Override
  public Boolean with(Statement.With it) {
    return expressions(it.values()) || body(it.body());
  }

  @Override
  public Boolean block(Statement.Block it) {
    return false;
  }
}
