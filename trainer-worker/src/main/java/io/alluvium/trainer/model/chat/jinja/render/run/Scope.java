package io.alluvium.trainer.model.chat.jinja.render.run;

import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.scope.Symbols;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Values of a scope's names, while it is in use. */
public final class Scope {
  private enum Missing {
    MISSING
  }

  private final Optional<Scope> outer;
  private final Map<String, Object> values = new HashMap<>();

  private Scope(Optional<Scope> outer) {
    this.outer = outer;
  }

  /**
   * Enters a scope.
   *
   * @param variables finds a variable of the template
   */
  static Scope enter(
      Symbols symbols, Optional<Scope> outer, Function<String, Optional<Object>> variables) {
    Scope scope = new Scope(outer);
    symbols
        .loads()
        .forEach(
            (name, load) ->
                scope.values.put(
                    name,
                    switch (load) {
                      case RESOLVE -> variables.apply(name).orElse(Missing.MISSING);
                      case OUTER -> outer.flatMap(o -> o.raw(name)).orElse(Missing.MISSING);
                      case PARAMETER, UNDEFINED -> Missing.MISSING;
                    }));
    return scope;
  }

  private Optional<Object> raw(String name) {
    Object here = values.get(name);
    return here != null ? Optional.of(here) : outer.flatMap(o -> o.raw(name));
  }

  /** A name's value; empty where no scope knows the name. */
  public Optional<Object> find(String name) {
    return raw(name).map(value -> value == Missing.MISSING ? Undefined.name(name) : value);
  }

  /** Whether this very scope has a parameter of this name without a value. */
  public boolean misses(String name) {
    return values.get(name) == Missing.MISSING;
  }

  /** Whether this very scope has the name. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Sets a name in this scope. */
  public void set(String name, Object value) {
    values.put(name, value);
  }
}
