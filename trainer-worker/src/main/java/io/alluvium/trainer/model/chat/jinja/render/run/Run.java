package io.alluvium.trainer.model.chat.jinja.render.run;

import io.alluvium.trainer.model.chat.jinja.parse.Program;
import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.tree.Body;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where one rendering of a template stands. */
public final class Run {
  /** How much this run has done. */
  public final Meter meter = new Meter();

  /** What is run. */
  public final Program program;

  private final Map<String, Object> variables;
  private Scope scope;
  private BoundedText out = new BoundedText();
  private int line = 1;

  /** A run with the template's variables. */
  public Run(Program program, Map<String, Object> variables) {
    this.program = program;
    this.variables = new HashMap<>(variables);
    this.scope = fresh(program.body(), Optional.empty());
  }

  /** A new scope for a body. */
  public Scope fresh(Body body, Optional<Scope> outer) {
    return Scope.enter(
        program.symbols(body), outer, name -> Optional.ofNullable(variables.get(name)));
  }

  /** A scope within the current one. */
  public Scope fresh(Body body) {
    return fresh(body, Optional.of(scope));
  }

  /** The current scope. */
  public Scope scope() {
    return scope;
  }

  /** Does something in a scope. */
  public <R> R within(Scope inner, Supplier<R> work) {
    Scope around = scope;
    scope = inner;
    try {
      return work.get();
    } finally {
      scope = around;
    }
  }

  /** Does something whose output is kept back. */
  public Captured captured(Supplier<Flow> work) {
    BoundedText around = out;
    out = new BoundedText();
    try {
      Flow flow = work.get();
      return new Captured(out.toString(), flow);
    } finally {
      out = around;
    }
  }

  /** What was written meanwhile, and how it ended. */
  public record Captured(String text, Flow flow) {}

  /** Writes to the output, or to the block that is captured. */
  public void write(String text) {
    out.add(text);
  }

  /** What was written. */
  public String written() {
    return out.toString();
  }

  /** A template's variable gets a new value. */
  public void publish(String name, Object value) {
    variables.put(name, value);
  }

  /** A variable that the caller gave. */
  public Optional<Object> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  /** Which line of the template is run now. */
  public void at(int newLine) {
    line = newLine;
  }

  /** The line that is run now. */
  public int line() {
    return line;
  }
}
