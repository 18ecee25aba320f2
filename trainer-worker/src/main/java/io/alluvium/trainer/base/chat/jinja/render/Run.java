package io.alluvium.trainer.base.chat.jinja.render;

import io.alluvium.trainer.base.chat.jinja.parse.Body;
import io.alluvium.trainer.base.chat.jinja.parse.Program;
import io.alluvium.trainer.base.chat.jinja.python.BoundedText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Where one rendering of a template stands. */
final class Run {
  final Meter meter = new Meter();
  final Program program;

  private final Map<String, Object> variables;
  private Scope scope;
  private BoundedText out = new BoundedText();
  private int line = 1;

  Run(Program program, Map<String, Object> variables) {
    this.program = program;
    this.variables = new HashMap<>(variables);
    this.scope = fresh(program.body(), Optional.empty());
  }

  /** A new scope for a body. */
  Scope fresh(Body body, Optional<Scope> outer) {
    return Scope.enter(
        program.symbols(body), outer, name -> Optional.ofNullable(variables.get(name)));
  }

  Scope fresh(Body body) {
    return fresh(body, Optional.of(scope));
  }

  Scope scope() {
    return scope;
  }

  /** Does something in a scope. */
  <R> R within(Scope inner, Supplier<R> work) {
    Scope around = scope;
    scope = inner;
    try {
      return work.get();
    } finally {
      scope = around;
    }
  }

  /** Does something whose output is kept back. */
  Captured captured(Supplier<Flow> work) {
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
  record Captured(String text, Flow flow) {}

  void write(String text) {
    out.add(text);
  }

  String written() {
    return out.toString();
  }

  /** A template's variable gets a new value. */
  void publish(String name, Object value) {
    variables.put(name, value);
  }

  Optional<Object> variable(String name) {
    return Optional.ofNullable(variables.get(name));
  }

  void at(int newLine) {
    line = newLine;
  }

  int line() {
    return line;
  }
}
