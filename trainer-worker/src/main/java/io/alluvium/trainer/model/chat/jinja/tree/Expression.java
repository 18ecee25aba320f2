package io.alluvium.trainer.model.chat.jinja.tree;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has a value. */
public sealed interface Expression {
  /** What is done with each kind. */
  interface Visitor<R> {
    /** A constant. */
    R literal(Literal it);

    /** A variable. */
    R name(Name it);

    /** {@code [a, b]}, or {@code (a, b)}. */
    R sequence(Sequence it);

    /** {@code {a: b}}. */
    R mapping(Mapping it);

    /** {@code -a}, {@code +a}, {@code not a}. */
    R unary(Unary it);

    /** Arithmetic, {@code and}, {@code or}. */
    R binary(Binary it);

    /** {@code a ~ b}. */
    R concat(Concat it);

    /** {@code a < b <= c}. */
    R comparison(Comparison it);

    /** {@code a if b else c}. */
    R conditional(Conditional it);

    /** {@code a.b}. */
    R attribute(Attribute it);

    /** {@code a[b]}. */
    R item(Item it);

    /** {@code a[b:c:d]}. */
    R slice(Slice it);

    /** {@code a(b)}. */
    R call(Call it);

    /** {@code a | b}. */
    R filter(Filter it);

    /** {@code a is b}. */
    R test(Test it);
  }

  /** Leads to the visitor's method for this kind. */
  <R> R accept(Visitor<R> visitor);

  /** Expressions within, in Jinja's order. */
  List<Expression> parts();

  /**
   * A constant.
   *
   * @param value one of Python's values
   */
  record Literal(Object value) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.literal(this);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A variable. */
  record Name(String name) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.name(this);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A list, or a tuple. */
  record Sequence(List<Expression> parts, boolean tuple) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.sequence(this);
    }
  }

  /** A dict: key, value, key, value … */
  record Mapping(List<Expression> parts, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mapping(this);
    }
  }

  /** One operand. */
  record Unary(String operator, Expression operand, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unary(this);
    }

    @Override
    public List<Expression> parts() {
      return List.of(operand);
    }
  }

  /** Two operands. */
  record Binary(String operator, Expression left, Expression right, int line)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.binary(this);
    }

    @Override
    public List<Expression> parts() {
      return List.of(left, right);
    }
  }

  /** Texts of values, one after the other. */
  record Concat(List<Expression> parts, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.concat(this);
    }
  }

  /** A chain of comparisons: one operator less than parts. */
  record Comparison(List<Expression> parts, List<String> operators, int line)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.comparison(this);
    }
  }

  /** One or the other. */
  record Conditional(Expression test, Expression then, Optional<Expression> otherwise, int line)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.conditional(this);
    }

    @Override
    public List<Expression> parts() {
      return otherwise.map(o -> List.of(test, then, o)).orElse(List.of(test, then));
    }
  }

  /** An attribute, or else an item of that name. */
  record Attribute(Expression owner, String name, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.attribute(this);
    }

    @Override
    public List<Expression> parts() {
      return List.of(owner);
    }
  }

  /** An item, or else an attribute of that name. */
  record Item(Expression owner, Expression key, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.item(this);
    }

    @Override
    public List<Expression> parts() {
      return List.of(owner, key);
    }
  }

  /** A slice: owner, start, stop, step; None for what is left out. */
  record Slice(List<Expression> parts, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.slice(this);
    }
  }

  /** A call. */
  record Call(Expression target, Given given, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.call(this);
    }

    @Override
    public List<Expression> parts() {
      return given.after(target);
    }
  }

  /** A filter; of a block when there is no target. */
  record Filter(Optional<Expression> target, String name, Given given, int line)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.filter(this);
    }

    @Override
    public List<Expression> parts() {
      return target.map(given::after).orElseGet(given::all);
    }
  }

  /** A test. */
  record Test(Expression target, String name, Given given, int line) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.test(this);
    }

    @Override
    public List<Expression> parts() {
      return given.after(target);
    }
  }

  /**
   * What a call is given.
   *
   * @param positional in order
   * @param keywords by name, in order
   * @param list after a star
   * @param dict after two stars
   */
  record Given(
      List<Expression> positional,
      Map<String, Expression> keywords,
      Optional<Expression> list,
      Optional<Expression> dict) {
    public static final Given NOTHING =
        new Given(List.of(), Map.of(), Optional.empty(), Optional.empty());

    List<Expression> all() {
      List<Expression> all = new java.util.ArrayList<>(positional);
      all.addAll(keywords.values());
      list.ifPresent(all::add);
      dict.ifPresent(all::add);
      return all;
    }

    List<Expression> after(Expression target) {
      List<Expression> all = all();
      all.add(0, target);
      return all;
    }
  }
}
