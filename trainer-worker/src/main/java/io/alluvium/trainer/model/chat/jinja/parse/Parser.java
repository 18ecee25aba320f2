package io.alluvium.trainer.model.chat.jinja.parse;

import io.alluvium.trainer.model.chat.jinja.scope.Mentions;
import io.alluvium.trainer.model.chat.jinja.scope.Vocabulary;
import io.alluvium.trainer.model.chat.jinja.token.Lexer;
import io.alluvium.trainer.model.chat.jinja.token.SyntaxError;
import io.alluvium.trainer.model.chat.jinja.token.Token;
import io.alluvium.trainer.model.chat.jinja.token.Token.Kind;
import io.alluvium.trainer.model.chat.jinja.token.TokenStream;
import io.alluvium.trainer.model.chat.jinja.tree.Body;
import io.alluvium.trainer.model.chat.jinja.tree.Expression;
import io.alluvium.trainer.model.chat.jinja.tree.Statement;
import io.alluvium.trainer.model.chat.jinja.tree.Statement.Signature;
import io.alluvium.trainer.model.chat.jinja.tree.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads statements. */
final class Parser {
  private static final Set<String> OTHER_FILES = Set.of("extends", "include", "import", "from");

  private final TokenStream tokens;
  private final ExpressionParser expressions;
  private final TargetParser targets;

  /** How many loops stand around, up to the next macro. */
  private int loops;

  /** How many loops stand around, also those around a macro. */
  private int around;

  private boolean generation;

  Parser(String source, Vocabulary vocabulary) {
    this.tokens = new TokenStream(Lexer.tokens(source));
    this.expressions = new ExpressionParser(tokens, vocabulary);
    this.targets = new TargetParser(tokens);
  }

  /** The whole template. */
  Body template() {
    Body body = new Body(statements(Set.of()));
    expressions.requireKnown();
    return body;
  }

  /** Whether a {@code generation} block was read. */
  boolean marksGeneration() {
    return generation;
  }

  private List<Statement> statements(Set<String> ends) {
    List<Statement> statements = new ArrayList<>();
    while (!tokens.current().is(Kind.END)) {
      Token token = tokens.next();
      if (token.is(Kind.DATA)) {
        statements.add(new Statement.Data(token.text()));
      } else if (token.is(Kind.VARIABLE_BEGIN)) {
        statements.add(new Statement.Output(tuple(expressions::expression)));
        tokens.expect(Kind.VARIABLE_END);
      } else {
        if (tokens.current().is(Kind.NAME) && ends.contains(tokens.current().text())) {
          return statements;
        }
        statements.add(statement());
        tokens.expect(Kind.BLOCK_END);
      }
    }
    return statements;
  }

  private Expression tuple(Supplier<Expression> part) {
    return expressions.tuple(part, expressions::atEnd);
  }

  /** A body up to one of these, which stays the current token. */
  private Body body(String... ends) {
    int line = tokens.current().line();
    tokens.skipOperator(":");
    tokens.expect(Kind.BLOCK_END);
    tokens.enter();
    Body body = new Body(statements(Set.of(ends)));
    tokens.leave();
    if (tokens.current().is(Kind.END)) {
      throw new SyntaxError(
          line, "Unexpected end of template, looking for " + String.join(" or ", ends));
    }
    return body;
  }

  private Body bodyTo(String end) {
    Body body = body(end);
    tokens.next();
    return body;
  }

  /** A body with its own scope. */
  private Body scope(String... ends) {
    return expressions.within(false, () -> body(ends));
  }

  private Statement statement() {
    if (!tokens.current().is(Kind.NAME)) {
      throw tokens.error("tag name expected");
    }
    Token tag = tokens.next();
    return switch (tag.text()) {
      case "if" -> expressions.within(true, this::branch);
      case "for" -> loop(tag.line());
      case "set" -> set(tag.line());
      case "macro" -> macro(tag.line());
      case "call" -> callBlock(tag.line());
      case "filter" -> filterBlock();
      case "with" -> with(tag.line());
      case "print" -> new Statement.Output(tuple(expressions::expression));
      case "block" -> block();
      case "generation" -> generation();
      case "break", "continue" -> jump(tag);
      default -> throw unknown(tag);
    };
  }

  private static SyntaxError unknown(Token tag) {
    if (OTHER_FILES.contains(tag.text())) {
      return new SyntaxError(
          tag.line(), "'" + tag.text() + "' needs another template, a chat template has none");
    }
    if (tag.text().equals("autoescape")) {
      return new SyntaxError(tag.line(), "'autoescape' is not supported in a chat template");
    }
    return new SyntaxError(tag.line(), "Encountered unknown tag '" + tag.text() + "'.");
  }

  private Statement branch() {
    Expression test = tuple(expressions::simple);
    Body then = body("elif", "else", "endif");
    Token end = tokens.next();
    if (end.name("elif")) {
      tokens.enter();
      Statement other = branch();
      tokens.leave();
      return new Statement.Branch(test, then, new Body(List.of(other)));
    }
    Body otherwise = end.name("else") ? bodyTo("endif") : new Body(List.of());
    return new Statement.Branch(test, then, otherwise);
  }

  private Statement loop(int line) {
    Target target = targets.target(() -> tokens.current().name("in"));
    if (target.names().contains("loop")) {
      throw new SyntaxError(line, "Can't assign to special loop variable in for-loop target");
    }
    tokens.expectName("in");
    Expression elements =
        expressions.tuple(
            expressions::simple, () -> expressions.atEnd() || tokens.current().name("recursive"));
    Optional<Expression> condition =
        tokens.skipName("if")
            ? Optional.of(expressions.within(false, expressions::expression))
            : Optional.empty();
    boolean recursive = tokens.skipName("recursive");
    loops++;
    around++;
    Body body = scope("endfor", "else");
    loops--;
    around--;
    Body otherwise = tokens.next().name("else") ? scopeTo("endfor") : new Body(List.of());
    return new Statement.Loop(
        target, elements, condition, recursive, new Body(List.of()), body, otherwise, line);
  }

  private Body scopeTo(String end) {
    return expressions.within(false, () -> bodyTo(end));
  }

  private Statement jump(Token tag) {
    if (loops == 0) {
      throw new SyntaxError(tag.line(), "'" + tag.text() + "' outside loop");
    }
    return new Statement.Jump(tag.name("break"));
  }

  private Statement set(int line) {
    Target target = targets.assigned();
    if (around > 0 && target.names().contains("loop")) {
      throw new SyntaxError(line, "Can't assign to special loop variable in for-loop target");
    }
    if (tokens.skipOperator("=")) {
      return new Statement.Assign(target, tuple(expressions::expression), line);
    }
    Optional<Expression> filter =
        tokens.current().operator("|")
            ? Optional.of(expressions.within(false, () -> expressions.filters(Optional.empty())))
            : Optional.empty();
    return new Statement.Capture(target, filter, scopeTo("endset"), line);
  }

  private Statement macro(int line) {
    String name = targets.name();
    Signature signature = signature();
    int plain = signature.parameters().size() - signature.defaults().size();
    int caller = signature.parameters().indexOf("caller");
    Body body = function("endmacro");
    if (caller >= 0 && caller < plain && Mentions.of(body, "caller")) {
      throw new SyntaxError(line, "the special \"caller\" argument needs a default");
    }
    return new Statement.Macro(name, signature, body, line);
  }

  /** A body that is called: what leaves a loop may not leave it. */
  private Body function(String end) {
    int before = loops;
    loops = 0;
    Body body = scopeTo(end);
    loops = before;
    return body;
  }

  private Signature signature() {
    List<String> parameters = new ArrayList<>();
    List<Expression> defaults = new ArrayList<>();
    tokens.expectOperator("(");
    while (!tokens.skipOperator(")")) {
      if (!parameters.isEmpty()) {
        tokens.expectOperator(",");
      }
      parameters.add(targets.name());
      if (tokens.skipOperator("=")) {
        defaults.add(expressions.within(false, expressions::expression));
      } else if (!defaults.isEmpty()) {
        throw tokens.error("non-default argument follows default argument");
      }
    }
    return new Signature(List.copyOf(parameters), List.copyOf(defaults));
  }

  private Statement callBlock(int line) {
    Signature signature =
        tokens.current().operator("(") ? signature() : new Signature(List.of(), List.of());
    Expression call = expressions.expression();
    if (!(call instanceof Expression.Call called)) {
      throw new SyntaxError(line, "expected call");
    }
    return new Statement.CallBlock(signature, called, function("endcall"), line);
  }

  private Statement filterBlock() {
    Expression filter = expressions.within(false, () -> expressions.blockFilters());
    return new Statement.FilterBlock(filter, scopeTo("endfilter"));
  }

  private Statement with(int line) {
    List<Target> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.current().is(Kind.BLOCK_END)) {
      if (!names.isEmpty()) {
        tokens.expectOperator(",");
      }
      names.add(targets.target(() -> tokens.current().operator("=")));
      tokens.expectOperator("=");
      values.add(expressions.expression());
    }
    return new Statement.With(List.copyOf(names), List.copyOf(values), scopeTo("endwith"), line);
  }

  private Statement block() {
    Token name = tokens.expect(Kind.NAME);
    if (tokens.current().is(Kind.NAME)) {
      throw tokens.error("a block with '" + tokens.current().text() + "' is not supported");
    }
    Body body = function("endblock");
    tokens.skipName(name.text());
    return new Statement.Block(name.text(), body);
  }

  private Statement generation() {
    generation = true;
    return new Statement.Generation(function("endgeneration"));
  }
}
