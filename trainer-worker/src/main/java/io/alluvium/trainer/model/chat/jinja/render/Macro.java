package io.alluvium.trainer.model.chat.jinja.render;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Callable;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import io.alluvium.trainer.model.chat.jinja.render.builtin.Builtins;
import io.alluvium.trainer.model.chat.jinja.render.run.Scope;
import io.alluvium.trainer.model.chat.jinja.tree.Body;
import io.alluvium.trainer.model.chat.jinja.tree.Statement.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A body that can be called; it sees the scope in which it was defined. */
final class Macro implements Callable {
  private final Executor executor;
  private final Optional<String> name;
  private final Signature signature;
  private final Body body;
  private final Scope around;

  Macro(Executor executor, Optional<String> name, Signature signature, Body body) {
    this.executor = executor;
    this.name = name;
    this.signature = signature;
    this.body = body;
    this.around = executor.run().scope();
  }

  @Override
  public Object call(Arguments arguments) {
    Scope scope = executor.run().fresh(body, Optional.of(around));
    bind(arguments, scope);
    return executor
        .run()
        .within(
            scope,
            () -> {
              defaults(scope);
              return executor.run().captured(() -> executor.all(body)).text();
            });
  }

  private void bind(Arguments arguments, Scope scope) {
    List<String> parameters = signature.parameters();
    List<Object> positional = arguments.positional();
    Map<String, Object> keywords = new LinkedHashMap<>(arguments.keywords());
    for (int n = 0; n < parameters.size(); n++) {
      if (n < positional.size()) {
        scope.set(parameters.get(n), positional.get(n));
      } else {
        Optional.ofNullable(keywords.remove(parameters.get(n)))
            .ifPresent(set(scope, parameters.get(n)));
      }
    }
    if (takes(scope, "caller")) {
      Object caller = keywords.remove("caller");
      boolean given = caller != null && caller != None.NONE;
      scope.set("caller", given ? caller : Undefined.of("No caller defined"));
    }
    rest(scope, keywords, positional);
  }

  private static java.util.function.Consumer<Object> set(Scope scope, String name) {
    return value -> scope.set(name, value);
  }

  private boolean takes(Scope scope, String special) {
    return scope.misses(special) && !signature.parameters().contains(special);
  }

  private void rest(Scope scope, Map<String, Object> keywords, List<Object> positional) {
    int places = signature.parameters().size();
    if (takes(scope, "kwargs")) {
      scope.set("kwargs", Builtins.dict(new Arguments(List.of(), keywords)));
    } else if (!keywords.isEmpty()) {
      throw new PythonError(
          "macro %s takes no keyword argument '%s'"
              .formatted(label(), keywords.keySet().iterator().next()));
    }
    if (takes(scope, "varargs")) {
      int from = Math.min(places, positional.size());
      scope.set("varargs", new Tuple(positional.subList(from, positional.size())));
    } else if (positional.size() > places) {
      throw new PythonError(
          "macro %s takes not more than %d argument(s)".formatted(label(), places));
    }
  }

  private void defaults(Scope scope) {
    int plain = signature.parameters().size() - signature.defaults().size();
    for (int n = 0; n < signature.parameters().size(); n++) {
      String parameter = signature.parameters().get(n);
      if (scope.misses(parameter)) {
        scope.set(
            parameter,
            n < plain
                ? Undefined.of("parameter '" + parameter + "' was not provided")
                : executor.evaluator().value(signature.defaults().get(n - plain)));
      }
    }
  }

  private String label() {
    return name.map(Repr::repr).orElse("None");
  }

  @Override
  public Optional<Object> attribute(String attribute) {
    return switch (attribute) {
      case "name" -> Optional.of(name.<Object>map(n -> n).orElse(None.NONE));
      case "arguments" -> Optional.of(new Tuple(List.copyOf(signature.parameters())));
      case "catch_kwargs" -> Optional.of(special("kwargs"));
      case "catch_varargs" -> Optional.of(special("varargs"));
      case "caller" -> Optional.of(special("caller"));
      default -> Optional.empty();
    };
  }

  private Object special(String parameter) {
    return executor.run().program.symbols(body).loads().get(parameter)
            == io.alluvium.trainer.model.chat.jinja.scope.Symbols.Load.PARAMETER
        && !signature.parameters().contains(parameter);
  }

  @Override
  public String type() {
    return "Macro";
  }

  @Override
  public String repr() {
    return "<Macro " + name.map(Repr::repr).orElse("anonymous") + ">";
  }
}
