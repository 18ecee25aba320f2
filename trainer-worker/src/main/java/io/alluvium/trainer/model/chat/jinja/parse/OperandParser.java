package io.alluvium.trainer.model.chat.jinja.parse;

import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.scope.UnknownNames;
import io.alluvium.trainer.model.chat.jinja.token.SyntaxError;
import io.alluvium.trainer.model.chat.jinja.token.Token;
import io.alluvium.trainer.model.chat.jinja.token.Token.Kind;
import io.alluvium.trainer.model.chat.jinja.token.TokenStream;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import io.alluvium.trainer.model.chat.jinja.tree.Expression.Given;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what stands between operators, with all that follows it: calls, subscripts, filters. */
final class OperandParser {
  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final UnknownNames unknown;

  /**
   * @param expressions reads what stands in brackets
   */
  OperandParser(TokenStream tokens, ExpressionParser expressions, UnknownNames unknown) {
    this.tokens = tokens;
    this.expressions = expressions;
    this.unknown = unknown;
  }

  /** A name, a value or something in brackets. */
  Expression primary() {
    Token token = tokens.next();
    return switch (token.kind()) {
      case NAME -> named(token);
      case STRING -> new Expression.Literal(strings(token.text()));
      case INTEGER -> new Expression.Literal(integer(token.text()));
      case FLOAT -> new Expression.Literal(Double.valueOf(token.text()));
      default -> bracketed(token);
    };
  }

  private static Expression named(Token token) {
    return switch (token.text()) {
      case "true", "True" -> new Expression.Literal(true);
      case "false", "False" -> new Expression.Literal(false);
      case "none", "None" -> new Expression.Literal(None.NONE);
      case "self" -> throw new SyntaxError(token.line(), "'self' needs blocks of another template");
      default -> new Expression.Name(token.text());
    };
  }

  private String strings(String first) {
    StringBuilder text = new StringBuilder(first);
    while (tokens.current().is(Kind.STRING)) {
      text.append(tokens.next().text());
    }
    return text.toString();
  }

  private static BigInteger integer(String digits) {
    int radix =
        digits.length() < 2
            ? 10
            : switch (Character.toLowerCase(digits.charAt(1))) {
              case 'x' -> 16;
              case 'o' -> 8;
              case 'b' -> 2;
              default -> 10;
            };
    return new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
  }

  private Expression bracketed(Token token) {
    if (token.operator("(")) {
      return expressions.deeper(this::parenthesised);
    }
    if (token.operator("[")) {
      List<Expression> parts = separated("]", expressions::expression);
      return new Expression.Sequence(parts, false);
    }
    if (token.operator("{")) {
      return mapping(token.line());
    }
    throw new SyntaxError(token.line(), "unexpected " + token.described());
  }

  private Expression parenthesised() {
    if (tokens.skipOperator(")")) {
      return new Expression.Sequence(List.of(), true);
    }
    Expression inner = expressions.tuple(expressions::expression, expressions::atEnd);
    tokens.expectOperator(")");
    return inner;
  }

  private List<Expression> separated(String end, Supplier<Expression> part) {
    List<Expression> parts = new ArrayList<>();
    while (!tokens.skipOperator(end)) {
      if (!parts.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator(end)) {
          break;
        }
      }
      parts.add(part.get());
    }
    return List.copyOf(parts);
  }

  private Expression mapping(int line) {
    List<Expression> parts = new ArrayList<>();
    while (!tokens.skipOperator("}")) {
      if (!parts.isEmpty()) {
        tokens.expectOperator(",");
        if (tokens.skipOperator("}")) {
          break;
        }
      }
      parts.add(expressions.expression());
      tokens.expectOperator(":");
      parts.add(expressions.expression());
    }
    return new Expression.Mapping(List.copyOf(parts), line);
  }

  /** With attributes, subscripts and calls behind it. */
  Expression postfix(Expression of) {
    Expression so = of;
    int length = 0;
    while (true) {
      length = tokens.chained(length);
      Token token = tokens.current();
      if (token.operator(".")) {
        so = attribute(so);
      } else if (token.operator("[")) {
        so = subscript(so);
      } else if (token.operator("(")) {
        so = new Expression.Call(so, given(), token.line());
      } else {
        return so;
      }
    }
  }

  private Expression attribute(Expression owner) {
    tokens.next();
    Token name = tokens.next();
    if (name.is(Kind.INTEGER)) {
      Expression place = new Expression.Literal(integer(name.text()));
      return new Expression.Item(owner, place, name.line());
    }
    if (!name.is(Kind.NAME)) {
      throw new SyntaxError(name.line(), "expected name or number");
    }
    return new Expression.Attribute(owner, name.text(), name.line());
  }

  private Expression subscript(Expression owner) {
    int line = tokens.next().line();
    List<Expression> places = new ArrayList<>();
    while (!tokens.current().operator("]")) {
      if (!places.isEmpty()) {
        tokens.expectOperator(",");
      }
      places.add(place(owner, line));
    }
    tokens.next();
    if (places.size() == 1 && places.get(0) instanceof Expression.Slice) {
      return places.get(0);
    }
    if (places.stream().anyMatch(Expression.Slice.class::isInstance)) {
      throw new SyntaxError(line, "several slices in one subscript");
    }
    Expression key =
        places.size() == 1 ? places.get(0) : new Expression.Sequence(List.copyOf(places), true);
    return new Expression.Item(owner, key, line);
  }

  private Expression place(Expression owner, int line) {
    List<Expression> parts = new ArrayList<>(List.of(owner, bound()));
    if (!tokens.current().operator(":")) {
      return parts.get(1);
    }
    for (int n = 0; n < 2; n++) {
      parts.add(tokens.skipOperator(":") ? bound() : new Expression.Literal(None.NONE));
    }
    return new Expression.Slice(List.copyOf(parts), line);
  }

  private Expression bound() {
    Token token = tokens.current();
    boolean none = token.operator(":") || token.operator("]") || token.operator(",");
    return none ? new Expression.Literal(None.NONE) : expressions.expression();
  }

  /** Arguments in parentheses. */
  private Given given() {
    int line = tokens.expectOperator("(").line();
    List<Expression> positional = new ArrayList<>();
    Map<String, Expression> keywords = new LinkedHashMap<>();
    Optional<Expression> list = Optional.empty();
    Optional<Expression> dict = Optional.empty();
    boolean first = true;
    while (!tokens.skipOperator(")")) {
      if (!first) {
        tokens.expectOperator(",");
        if (tokens.skipOperator(")")) {
          break;
        }
      }
      first = false;
      if (tokens.current().operator("*")) {
        ensure(list.isEmpty() && dict.isEmpty(), line);
        list = Optional.of(expressions.afterNext(expressions::expression));
      } else if (tokens.current().operator("**")) {
        ensure(dict.isEmpty(), line);
        dict = Optional.of(expressions.afterNext(expressions::expression));
      } else if (tokens.current().is(Kind.NAME) && tokens.look().operator("=")) {
        ensure(dict.isEmpty(), line);
        keyword(keywords);
      } else {
        ensure(list.isEmpty() && dict.isEmpty() && keywords.isEmpty(), line);
        positional.add(expressions.expression());
      }
    }
    return new Given(positional, keywords, list, dict);
  }

  private void keyword(Map<String, Expression> keywords) {
    Token name = tokens.next();
    tokens.next();
    if (keywords.put(name.text(), expressions.expression()) != null) {
      throw new SyntaxError(name.line(), "keyword argument repeated: " + name.text());
    }
  }

  private static void ensure(boolean fits, int line) {
    if (!fits) {
      throw new SyntaxError(line, "invalid syntax for function call expression");
    }
  }

  /** With filters and tests behind it. */
  Expression filtered(Expression of) {
    Expression so = of;
    int length = 0;
    while (true) {
      length = tokens.chained(length);
      Token token = tokens.current();
      if (token.operator("|")) {
        so = filters(Optional.of(so));
      } else if (token.name("is")) {
        so = test(so);
      } else if (token.operator("(")) {
        so = new Expression.Call(so, given(), token.line());
      } else {
        return so;
      }
    }
  }

  /** Filters that follow here, each after a bar. */
  Expression filters(Optional<Expression> target) {
    Optional<Expression> so = target;
    int length = 0;
    while (tokens.skipOperator("|")) {
      length = tokens.chained(length);
      so = Optional.of(filter(so));
    }
    return so.orElseThrow(() -> tokens.error("expected a filter"));
  }

  /** Filters of a block: the first without a bar. */
  Expression blockFilters() {
    return filters(Optional.of(filter(Optional.empty())));
  }

  private Expression filter(Optional<Expression> target) {
    Token name = tokens.expect(Kind.NAME);
    String full = dotted(name.text());
    Given given = tokens.current().operator("(") ? given() : Given.NOTHING;
    unknown.filter(name, full);
    return new Expression.Filter(target, full, given, name.line());
  }

  private String dotted(String first) {
    StringBuilder name = new StringBuilder(first);
    while (tokens.skipOperator(".")) {
      name.append('.').append(tokens.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Expression test(Expression target) {
    tokens.next();
    boolean negated = tokens.skipName("not");
    Token name = tokens.expect(Kind.NAME);
    String full = dotted(name.text());
    Given given = Given.NOTHING;
    if (tokens.current().operator("(")) {
      given = given();
    } else if (argumentFollows()) {
      Expression argument = postfix(primary());
      given = new Given(List.of(argument), Map.of(), Optional.empty(), Optional.empty());
    }
    unknown.test(name, full);
    Expression test = new Expression.Test(target, full, given, name.line());
    return negated ? new Expression.Unary("not", test, name.line()) : test;
  }

  private boolean argumentFollows() {
    Token token = tokens.current();
    if (token.name("is")) {
      throw tokens.error("You cannot chain multiple tests with is");
    }
    return switch (token.kind()) {
      case NAME -> !token.name("else") && !token.name("or") && !token.name("and");
      case STRING, INTEGER, FLOAT -> true;
      default -> token.operator("[") || token.operator("{");
    };
  }
}
