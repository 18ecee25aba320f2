package io.alluvium.trainer.model.chat.jinja.render.builtin;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Bound;
import io.alluvium.trainer.model.chat.jinja.python.call.Callable;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonObject;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions that every template has. */
public final class Builtins {
  private Builtins() {}

  /**
   * All of them by name.
   *
   * @param now what {@code strftime_now} tells
   */
  public static Map<String, Object> at(LocalDateTime now) {
    Map<String, Object> functions = new HashMap<>();
    functions.put("range", (Callable) Builtins::range);
    functions.put("dict", (Callable) Builtins::dict);
    functions.put("namespace", (Callable) Namespace::new);
    functions.put("cycler", (Callable) Builtins::cycler);
    functions.put("joiner", (Callable) Builtins::joiner);
    functions.put("lipsum", (Callable) Builtins::lipsum);
    functions.put("raise_exception", (Callable) Builtins::raise);
    functions.put(
        "strftime_now",
        (Callable)
            arguments -> Strftime.format(now, arguments.bind("strftime_now()", "format").text(0)));
    return functions;
  }

  private static Object range(Arguments arguments) {
    Bound bound = arguments.bind("range()", "/start", "/stop?", "/step?");
    boolean one = bound.given(1).isEmpty();
    return new Range(one ? 0 : bound.integer(0), bound.integer(one ? 0 : 1), bound.integer(2, 1));
  }

  /** As {@code dict(mapping or pairs, **keywords)}. */
  public static Dict dict(Arguments arguments) {
    Dict dict = new Dict();
    if (arguments.positional().size() > 1) {
      throw new PythonError("dict expected at most 1 argument");
    }
    arguments.positional().forEach(from -> fill(dict, from));
    arguments.keywords().forEach(dict::put);
    return dict;
  }

  private static void fill(Dict dict, Object from) {
    if (from instanceof Dict other) {
      dict.putAll(other);
      return;
    }
    Types.iterate(from)
        .forEachRemaining(
            pair -> {
              List<Object> both = Types.list(pair);
              if (both.size() != 2) {
                throw new PythonError("dict wants pairs, not " + both.size() + " values");
              }
              dict.put(both.get(0), both.get(1));
            });
  }

  /** The entries of a dict as keyword arguments. */
  public static Arguments keywords(Object dict) {
    Map<String, Object> keywords = new LinkedHashMap<>();
    if (dict instanceof Dict entries) {
      for (Tuple item : entries.items()) {
        Types.text(item.items().get(0)).ifPresent(key -> keywords.put(key, item.items().get(1)));
      }
    }
    return new Arguments(List.of(), keywords);
  }

  private static Object cycler(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new PythonError("at least one item has to be provided");
    }
    return new Cycler(arguments.positional());
  }

  private static final class Cycler implements PythonObject {
    private final List<Object> items;
    private int at;

    Cycler(List<Object> items) {
      this.items = items;
    }

    @Override
    public String type() {
      return "Cycler";
    }

    @Override
    public Optional<Object> attribute(String name) {
      return switch (name) {
        case "current" -> Optional.of(items.get(at));
        case "next" -> Optional.of((Callable) arguments -> next());
        case "reset" -> Optional.of((Callable) arguments -> reset());
        case "items" -> Optional.of(new Tuple(items));
        case "pos" -> Optional.of(BigInteger.valueOf(at));
        default -> Optional.empty();
      };
    }

    private Object next() {
      Object current = items.get(at);
      at = (at + 1) % items.size();
      return current;
    }

    private Object reset() {
      at = 0;
      return None.NONE;
    }
  }

  private static Object joiner(Arguments arguments) {
    Object separator = arguments.bind("joiner()", "sep?").get(0, ", ");
    boolean[] used = {false};
    return (Callable)
        given -> {
          given.bind("joiner()");
          boolean first = !used[0];
          used[0] = true;
          return first ? "" : separator;
        };
  }

  private static Object lipsum(Arguments arguments) {
    throw new PythonError("lipsum() is random, a chat template may not use it");
  }

  private static Object raise(Arguments arguments) {
    throw new RaisedError(Repr.str(arguments.bind("raise_exception()", "message").get(0)));
  }
}
