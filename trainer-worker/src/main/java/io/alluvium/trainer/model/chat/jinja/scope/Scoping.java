package io.alluvium.trainer.model.chat.jinja.scope;

import io.alluvium.trainer.model.chat.jinja.tree.Body;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import io.alluvium.trainer.model.chat.jinja.tree.Statement;
import io.alluvium.trainer.model.chat.jinja.tree.Target;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Finds the names of every scope, after Jinja's {@code idtracking}: a scope is looked at whole
 * before the scopes within it.
 */
public final class Scoping {
  private final IdentityHashMap<Body, Symbols> found;

  /** Writes what it finds into the map, by body. */
  public Scoping(IdentityHashMap<Body, Symbols> found) {
    this.found = found;
  }

  /** Finds the symbols of a whole template. */
  public void template(Body body) {
    Symbols symbols = new Symbols(Optional.empty());
    finish(body, symbols);
  }

  /** Looks at a body's statements, then at the scopes within. */
  private void finish(Body body, Symbols symbols) {
    found.put(body, symbols);
    new Names(symbols).body(body);
    inner(body, symbols);
  }

  private void inner(Body body, Symbols symbols) {
    body.statements().forEach(statement -> statement.accept(new Inner(symbols)));
  }

  /** Names that one scope's own statements use. */
  private record Names(Symbols symbols) implements Statement.Visitor<Boolean> {
    void body(Body body) {
      body.statements().forEach(statement -> statement.accept(this));
    }

    private boolean expression(Expression expression) {
      if (expression instanceof Expression.Name name) {
        symbols.load(name.name());
      }
      expression.parts().forEach(this::expression);
      return true;
    }

    private boolean target(Target target) {
      if (target instanceof Target.Several several) {
        several.parts().forEach(this::target);
      } else if (target instanceof Target.Variable variable) {
        symbols.store(variable.name());
      } else {
        target.namespaces().forEach(symbols::load);
      }
      return true;
    }

    @Override
    public Boolean data(Statement.Data it) {
      return true;
    }

    @Override
    public Boolean output(Statement.Output it) {
      return expression(it.value());
    }

    @Override
    public Boolean branch(Statement.Branch it) {
      expression(it.test());
      symbols.merge(List.of(branch(it.then()), branch(it.otherwise())));
      return true;
    }

    private Symbols branch(Body body) {
      Symbols copy = symbols.copy();
      new Names(copy).body(body);
      return copy;
    }

    @Override
    public Boolean loop(Statement.Loop it) {
      return expression(it.elements());
    }

    @Override
    public Boolean jump(Statement.Jump it) {
      return true;
    }

    @Override
    public Boolean assign(Statement.Assign it) {
      expression(it.value());
      return target(it.target());
    }

    @Override
    public Boolean capture(Statement.Capture it) {
      return target(it.target());
    }

    @Override
    public Boolean macro(Statement.Macro it) {
      symbols.store(it.name());
      return true;
    }

    @Override
    public Boolean callBlock(Statement.CallBlock it) {
      return expression(it.call());
    }

    @Override
    public Boolean generation(Statement.Generation it) {
      return true;
    }

    @Override
    public Boolean filterBlock(Statement.FilterBlock it) {
      return expression(it.filter());
    }

    @Override
    public Boolean with(Statement.With it) {
      it.values().forEach(this::expression);
      return true;
    }

    @Override
    public Boolean block(Statement.Block it) {
      return true;
    }
  }

  /** Scopes within a scope. */
  private final class Inner implements Statement.Visitor<Boolean> {
    private final Symbols around;

    Inner(Symbols around) {
      this.around = around;
    }

    private Symbols fresh() {
      return new Symbols(Optional.of(around));
    }

    private boolean scope(Body body, Symbols symbols) {
      finish(body, symbols);
      return true;
    }

    @Override
    public Boolean data(Statement.Data it) {
      return true;
    }

    @Override
    public Boolean output(Statement.Output it) {
      return true;
    }

    @Override
    public Boolean branch(Statement.Branch it) {
      inner(it.then(), around);
      inner(it.otherwise(), around);
      return true;
    }

    @Override
    public Boolean loop(Statement.Loop it) {
      Symbols condition = fresh();
      it.target().names().forEach(condition::parameter);
      it.condition().ifPresent(new Names(condition)::expression);
      found.put(it.conditions(), condition);
      Symbols body = fresh();
      if (it.recursive() || Mentions.of(it.body(), "loop")) {
        body.parameter("loop");
      }
      it.target().names().forEach(body::parameter);
      scope(it.body(), body);
      return scope(it.otherwise(), fresh());
    }

    @Override
    public Boolean jump(Statement.Jump it) {
      return true;
    }

    @Override
    public Boolean assign(Statement.Assign it) {
      return true;
    }

    @Override
    public Boolean capture(Statement.Capture it) {
      return scope(it.body(), fresh());
    }

    @Override
    public Boolean macro(Statement.Macro it) {
      return function(it.signature(), it.body());
    }

    private boolean function(Statement.Signature signature, Body body) {
      Symbols symbols = fresh();
      signature.parameters().forEach(symbols::parameter);
      signature.defaults().forEach(new Names(symbols)::expression);
      for (String special : List.of("caller", "kwargs", "varargs")) {
        if (Mentions.of(body, special)) {
          symbols.parameter(special);
        }
      }
      return scope(body, symbols);
    }

    @Override
    public Boolean callBlock(Statement.CallBlock it) {
      return function(it.signature(), it.body());
    }

    @Override
    public Boolean generation(Statement.Generation it) {
      return function(new Statement.Signature(List.of(), List.of()), it.body());
    }

    @Override
    public Boolean filterBlock(Statement.FilterBlock it) {
      return scope(it.body(), fresh());
    }

    @Override
    public Boolean with(Statement.With it) {
      Symbols symbols = fresh();
      it.targets().forEach(target -> target.names().forEach(symbols::parameter));
      return scope(it.body(), symbols);
    }

    @Override
    public Boolean block(Statement.Block it) {
      return scope(it.body(), new Symbols(Optional.empty()));
    }
  }
}
