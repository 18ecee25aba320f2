package io.alluvium.trainer.model.chat.jinja.parse;

import io.alluvium.trainer.model.chat.jinja.scope.Scoping;
import io.alluvium.trainer.model.chat.jinja.scope.Symbols;
import io.alluvium.trainer.model.chat.jinja.scope.Vocabulary;
import io.alluvium.trainer.model.chat.jinja.token.SyntaxError;
import io.alluvium.trainer.model.chat.jinja.tree.Body;
import java.util.IdentityHashMap;
import java.util.Objects;

/** A template that was read: its statements and the names of its scopes. Not changed any more. */
public final class Program {
  private final Body body;
  private final boolean marksGeneration;
  private final IdentityHashMap<Body, Symbols> symbols = new IdentityHashMap<>();

  private Program(Body body, boolean marksGeneration) {
    this.body = body;
    this.marksGeneration = marksGeneration;
    new Scoping(symbols).template(body);
  }

  /**
   * Reads a template.
   *
   * @throws SyntaxError when it is none
   */
  public static Program read(String source, Vocabulary vocabulary) {
    Parser parser = new Parser(source, vocabulary);
    Body body = parser.template();
    return new Program(body, parser.marksGeneration());
  }

  /** What it does. */
  public Body body() {
    return body;
  }

  /** Whether it has {@code generation} blocks. */
  public boolean marksGeneration() {
    return marksGeneration;
  }

  /** Names of a body that has a scope. */
  public Symbols symbols(Body scope) {
    return Objects.requireNonNull(symbols.get(scope), "a body without scope");
  }
}
