package io.alluvium.trainer.model.chat.jinja.parse;

import io.alluvium.trainer.model.chat.jinja.token.SyntaxError;
import io.alluvium.trainer.model.chat.jinja.token.Token;
import io.alluvium.trainer.model.chat.jinja.token.Token.Kind;
import io.alluvium.trainer.model.chat.jinja.token.TokenStream;
import io.alluvium.trainer.model.chat.jinja.tree.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Reads what is assigned to. */
final class TargetParser {
  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  private final TokenStream tokens;

  TargetParser(TokenStream tokens) {
    this.tokens = tokens;
  }

  /** Of {@code set}, where attributes of namespaces may stand. */
  Target assigned() {
    return several(
        this::field,
        () -> tokens.current().operator("=") || tokens.current().operator("|") || end());
  }

  /** Of {@code for} and {@code with}. */
  Target target(Supplier<Boolean> stop) {
    return several(this::single, () -> stop.get() || end());
  }

  /** A name that may be set. */
  String name() {
    Token name = tokens.expect(Kind.NAME);
    if (CONSTANTS.contains(name.text())) {
      throw new SyntaxError(name.line(), "can't assign to '" + name.text() + "'");
    }
    return name.text();
  }

  private boolean end() {
    return tokens.current().is(Kind.BLOCK_END) || tokens.current().operator(")");
  }

  private Target several(Supplier<Target> part, Supplier<Boolean> end) {
    List<Target> parts = new ArrayList<>(List.of(part.get()));
    boolean tuple = false;
    while (tokens.skipOperator(",")) {
      tuple = true;
      if (end.get()) {
        break;
      }
      parts.add(part.get());
    }
    return tuple ? new Target.Several(List.copyOf(parts)) : parts.get(0);
  }

  private Target field() {
    if (tokens.current().is(Kind.NAME) && tokens.look().operator(".")) {
      String namespace = name();
      tokens.next();
      return new Target.Field(namespace, tokens.expect(Kind.NAME).text());
    }
    return single();
  }

  private Target single() {
    if (!tokens.skipOperator("(")) {
      return new Target.Variable(name());
    }
    tokens.enter();
    Target inner = several(this::single, this::end);
    tokens.leave();
    tokens.expectOperator(")");
    return inner;
  }
}
