package io.alluvium.trainer.model.chat.jinja.tree;

import java.util.List;
import java.util.Optional;

/** What a template does. */
public sealed interface Statement {
  /** What is done with each kind. */
  interface Visitor<R> {
    /** Text of the template. */
    R data(Data it);

    /** {@code {{ a }}}. */
    R output(Output it);

    /** {@code if}. */
    R branch(Branch it);

    /** {@code for}. */
    R loop(Loop it);

    /** {@code break}, {@code continue}. */
    R jump(Jump it);

    /** {@code set a = b}. */
    R assign(Assign it);

    /** {@code set a} … {@code endset}. */
    R capture(Capture it);

    /** {@code macro}. */
    R macro(Macro it);

    /** {@code call}. */
    R callBlock(CallBlock it);

    /** {@code generation}. */
    R generation(Generation it);

    /** {@code filter}. */
    R filterBlock(FilterBlock it);

    /** {@code with}. */
    R with(With it);

    /** {@code block}. */
    R block(Block it);
  }

  /** Leads to the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /** Text as it stands. */
  record Data(String text) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.data(this);
    }
  }

  /** Writes values. */
  record Output(Expression value) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.output(this);
    }
  }

  /** Does one or the other; an {@code elif} is a branch within the second. */
  record Branch(Expression test, Body then, Body otherwise) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.branch(this);
    }
  }

  /**
   * Repeats.
   *
   * @param condition which elements are taken
   * @param conditions stands for the scope of the condition
   * @param otherwise done when nothing was gone through
   */
  record Loop(
      Target target,
      Expression elements,
      Optional<Expression> condition,
      boolean recursive,
      Body conditions,
      Body body,
      Body otherwise,
      int line)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.loop(this);
    }
  }

  /** Leaves a round of a loop, or the loop. */
  record Jump(boolean out) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.jump(this);
    }
  }

  /** Sets. */
  record Assign(Target target, Expression value, int line) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.assign(this);
    }
  }

  /** Sets to what a body writes. */
  record Capture(Target target, Optional<Expression> filter, Body body, int line)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.capture(this);
    }
  }

  /**
   * A body with parameters.
   *
   * @param parameters names
   * @param defaults of the last parameters
   */
  record Signature(List<String> parameters, List<Expression> defaults) {}

  /** Defines. */
  record Macro(String name, Signature signature, Body body, int line) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.macro(this);
    }
  }

  /** Calls with a body as {@code caller}. */
  record CallBlock(Signature signature, Expression.Call call, Body body, int line)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.callBlock(this);
    }
  }

  /** What the assistant says. */
  record Generation(Body body) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.generation(this);
    }
  }

  /** Filters what a body writes. */
  record FilterBlock(Expression filter, Body body) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.filterBlock(this);
    }
  }

  /** Sets within a body. */
  record With(List<Target> targets, List<Expression> values, Body body, int line)
      implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.with(this);
    }
  }

  /** A named part, done where it stands. */
  record Block(String name, Body body) implements Statement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.block(this);
    }
  }
}
