package io.alluvium.trainer.model.chat.jinja.parse;

import io.alluvium.trainer.model.chat.jinja.scope.UnknownNames;
import io.alluvium.trainer.model.chat.jinja.scope.Vocabulary;
import io.alluvium.trainer.model.chat.jinja.token.Token;
import io.alluvium.trainer.model.chat.jinja.token.Token.Kind;
import io.alluvium.trainer.model.chat.jinja.token.TokenStream;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads expressions, with Jinja's precedence. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> FACTORS = Set.of("*", "/", "//", "%");

  private final TokenStream tokens;
  private final UnknownNames unknown;
  private final OperandParser operands;

  ExpressionParser(TokenStream tokens, Vocabulary vocabulary) {
    this.tokens = tokens;
    this.unknown = new UnknownNames(vocabulary);
    this.operands = new OperandParser(tokens, this, unknown);
  }

  /** Reads something where unknown filters are errors at once, or not. */
  <R> R within(boolean soft, Supplier<R> reading) {
    return unknown.within(soft, reading);
  }

  /** Fails when a filter or test was read that nobody knows. */
  void requireKnown() {
    unknown.requireNone();
  }

  /** Filters that follow here, each after a bar. */
  Expression filters(Optional<Expression> target) {
    return operands.filters(target);
  }

  /** Filters of a block: the first without a bar. */
  Expression blockFilters() {
    return operands.blockFilters();
  }

  /** With {@code a if b else c}. */
  Expression expression() {
    int from = tokens.current().line();
    int known = unknown.count();
    Expression first = simple();
    int length = 0;
    while (tokens.skipName("if")) {
      length = tokens.chained(length);
      Expression then = first;
      Expression test = simple();
      Optional<Expression> otherwise =
          tokens.skipName("else") ? Optional.of(deeper(this::expression)) : Optional.empty();
      first = new Expression.Conditional(test, then, otherwise, from);
      unknown.forgetAfter(known);
    }
    return first;
  }

  /** Reads something one level further in. */
  <R> R deeper(Supplier<R> reading) {
    tokens.enter();
    try {
      return reading.get();
    } finally {
      tokens.leave();
    }
  }

  /** Without {@code a if b else c}. */
  Expression simple() {
    return deeper(this::or);
  }

  /** One expression, or several with commas as a tuple. */
  Expression tuple(Supplier<Expression> part, Supplier<Boolean> end) {
    List<Expression> parts = new ArrayList<>();
    boolean tuple = false;
    while (!end.get()) {
      parts.add(part.get());
      if (!tokens.skipOperator(",")) {
        break;
      }
      tuple = true;
    }
    if (!tuple && parts.isEmpty()) {
      throw tokens.error("Expected an expression, got " + tokens.current().described());
    }
    return tuple ? new Expression.Sequence(List.copyOf(parts), true) : parts.get(0);
  }

  /** Where every tuple ends. */
  boolean atEnd() {
    Token token = tokens.current();
    return token.is(Kind.VARIABLE_END) || token.is(Kind.BLOCK_END) || token.operator(")");
  }

  private Expression or() {
    Expression left = and();
    int length = 0;
    while (tokens.current().name("or")) {
      length = tokens.chained(length);
      left = new Expression.Binary("or", left, afterNext(this::and), tokens.current().line());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    int length = 0;
    while (tokens.current().name("and")) {
      length = tokens.chained(length);
      left = new Expression.Binary("and", left, afterNext(this::not), tokens.current().line());
    }
    return left;
  }

  /** Passes over a token and reads what follows. */
  <R> R afterNext(Supplier<R> reading) {
    tokens.next();
    return reading.get();
  }

  private Expression not() {
    if (tokens.current().name("not")) {
      int line = tokens.next().line();
      return new Expression.Unary("not", deeper(this::not), line);
    }
    return comparison();
  }

  private Expression comparison() {
    int line = tokens.current().line();
    List<Expression> parts = new ArrayList<>(List.of(sum()));
    List<String> operators = new ArrayList<>();
    for (Optional<String> found = comparing(); found.isPresent(); found = comparing()) {
      operators.add(found.get());
      parts.add(sum());
    }
    return operators.isEmpty()
        ? parts.get(0)
        : new Expression.Comparison(List.copyOf(parts), List.copyOf(operators), line);
  }

  private Optional<String> comparing() {
    Token token = tokens.current();
    if (token.is(Kind.OPERATOR) && COMPARISONS.contains(token.text())) {
      return Optional.of(tokens.next().text());
    }
    if (tokens.skipName("in")) {
      return Optional.of("in");
    }
    if (token.name("not") && tokens.look().name("in")) {
      tokens.next();
      tokens.next();
      return Optional.of("not in");
    }
    return Optional.empty();
  }

  private Expression sum() {
    return chain(Set.of("+", "-"), this::concat);
  }

  private Expression chain(Set<String> operators, Supplier<Expression> operand) {
    Expression left = operand.get();
    int length = 0;
    while (tokens.current().is(Kind.OPERATOR) && operators.contains(tokens.current().text())) {
      length = tokens.chained(length);
      Token operator = tokens.next();
      left = new Expression.Binary(operator.text(), left, operand.get(), operator.line());
    }
    return left;
  }

  private Expression concat() {
    int line = tokens.current().line();
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (tokens.skipOperator("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Concat(List.copyOf(parts), line);
  }

  private Expression product() {
    return chain(FACTORS, this::power);
  }

  private Expression power() {
    return chain(Set.of("**"), () -> operands.filtered(unary()));
  }

  private Expression unary() {
    Token token = tokens.current();
    if (token.operator("-") || token.operator("+")) {
      tokens.next();
      return operands.postfix(
          new Expression.Unary(token.text(), deeper(this::unary), token.line()));
    }
    return operands.postfix(operands.primary());
  }
}
