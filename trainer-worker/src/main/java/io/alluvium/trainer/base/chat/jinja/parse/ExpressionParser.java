package io.alluvium.trainer.base.chat.jinja.parse;

import io.alluvium.trainer.base.chat.jinja.parse.Expression.Given;
import io.alluvium.trainer.base.chat.jinja.parse.Token.Kind;
import io.alluvium.trainer.base.chat.jinja.python.None;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads expressions, with Jinja's precedence. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
  private static final Set<String> FACTORS = Set.of("*", "/", "//", "%");

  private final TokenStream tokens;
  private final Vocabulary vocabulary;

  /** Whether an unknown filter is an error only when it is met, as within an {@code if}. */
  private boolean soft;

  /** Errors of filters and tests that nobody knows, but for those that are errors when met. */
  private final List<SyntaxError> unknown = new ArrayList<>();

  ExpressionParser(TokenStream tokens, Vocabulary vocabulary) {
    this.tokens = tokens;
    this.vocabulary = vocabulary;
  }

  /** Reads something where unknown filters are errors at once, or not. */
  <R> R within(boolean nowSoft, Supplier<R> reading) {
    boolean before = soft;
    soft = nowSoft;
    try {
      return reading.get();
    } finally {
      soft = before;
    }
  }

  /** Fails when a filter or test was read that nobody knows. */
  void requireKnown() {
    if (!unknown.isEmpty()) {
      throw unknown.get(0);
    }
  }

  /** With {@code a if b else c}. */
  Expression expression() {
    int from = tokens.current().line();
    int known = unknown.size();
    Expression first = simple();
    int length = 0;
    while (tokens.skipName("if")) {
      length = tokens.chained(length);
      Expression then = first;
      Expression test = simple();
      Optional<Expression> otherwise =
          tokens.skipName("else") ? Optional.of(deeper(this::expression)) : Optional.empty();
      first = new Expression.Conditional(test, then, otherwise, from);
      unknown.subList(known, unknown.size()).clear();
    }
    return first;
  }

  private <R> R deeper(Supplier<R> reading) {
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

  private <R> R afterNext(Supplier<R> reading) {
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
    return chain(Set.of("**"), () -> filtered(unary()));
  }

  private Expression unary() {
    Token token = tokens.current();
    if (token.operator("-") || token.operator("+")) {
      tokens.next();
      return postfix(new Expression.Unary(token.text(), deeper(this::unary), token.line()));
    }
    return postfix(primary());
  }

  private Expression primary() {
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
      return deeper(this::parenthesised);
    }
    if (token.operator("[")) {
      List<Expression> parts = separated("]", this::expression);
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
    Expression inner = tuple(this::expression, this::atEnd);
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
      parts.add(expression());
      tokens.expectOperator(":");
      parts.add(expression());
    }
    return new Expression.Mapping(List.copyOf(parts), line);
  }

  private Expression postfix(Expression of) {
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
    return none ? new Expression.Literal(None.NONE) : expression();
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
        list = Optional.of(afterNext(this::expression));
      } else if (tokens.current().operator("**")) {
        ensure(dict.isEmpty(), line);
        dict = Optional.of(afterNext(this::expression));
      } else if (tokens.current().is(Kind.NAME) && tokens.look().operator("=")) {
        ensure(dict.isEmpty(), line);
        keyword(keywords);
      } else {
        ensure(list.isEmpty() && dict.isEmpty() && keywords.isEmpty(), line);
        positional.add(expression());
      }
    }
    return new Given(positional, keywords, list, dict);
  }

  private void keyword(Map<String, Expression> keywords) {
    Token name = tokens.next();
    tokens.next();
    if (keywords.put(name.text(), expression()) != null) {
      throw new SyntaxError(name.line(), "keyword argument repeated: " + name.text());
    }
  }

  private static void ensure(boolean fits, int line) {
    if (!fits) {
      throw new SyntaxError(line, "invalid syntax for function call expression");
    }
  }

  private Expression filtered(Expression of) {
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
    if (!soft && !vocabulary.filters().contains(full)) {
      unknown.add(new SyntaxError(name.line(), "No filter named '" + full + "'."));
    }
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
    if (!soft && !vocabulary.tests().contains(full)) {
      unknown.add(new SyntaxError(name.line(), "No test named '" + full + "'."));
    }
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
