package io.alluvium.trainer.model.chat.jinja.render.path;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Callable;
import io.alluvium.trainer.model.chat.jinja.python.format.BraceFormat;
import io.alluvium.trainer.model.chat.jinja.python.operate.Compare;
import io.alluvium.trainer.model.chat.jinja.python.operate.Slices;
import io.alluvium.trainer.model.chat.jinja.python.text.StringMethods;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.DictView;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonObject;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import io.alluvium.trainer.model.chat.jinja.render.builtin.Builtins;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attributes and items of values, as Jinja's immutable sandbox shows them. */
public final class Attributes {
  private static final Set<String> CHANGES_LIST =
      Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
  private static final Set<String> CHANGES_DICT =
      Set.of("clear", "pop", "popitem", "setdefault", "update");
  private static final Set<String> SAFE_TEXT =
      Set.of(
          "strip",
          "lstrip",
          "rstrip",
          "upper",
          "lower",
          "title",
          "capitalize",
          "startswith",
          "endswith");
  private static final Map<String, Set<String>> NOT_HERE =
      Map.of(
          "str", Set.of("encode", "maketrans", "translate", "isidentifier"),
          "dict", Set.of("fromkeys"),
          "int", Set.of("as_integer_ratio", "to_bytes", "from_bytes", "bit_count"),
          "float", Set.of("as_integer_ratio", "fromhex", "hex"),
          "dict_keys", Set.of("isdisjoint", "mapping"),
          "dict_values", Set.of("mapping"),
          "dict_items", Set.of("isdisjoint", "mapping"));

  private static final BraceFormat.Lookup LOOKUP =
      new BraceFormat.Lookup() {
        @Override
        public Object attribute(Object owner, String name) {
          return Attributes.attribute(owner, name);
        }

        @Override
        public Object item(Object owner, Object key) {
          return Attributes.item(owner, key);
        }
      };

  private Attributes() {}

  /** As {@code owner.name}: the attribute, or else the item. */
  public static Object attribute(Object owner, String name) {
    Types.defined(owner);
    Optional<Object> own = own(owner, name);
    if (own.isPresent()) {
      return own.get();
    }
    Optional<Object> item = owner instanceof Dict dict ? dict.get(name) : Optional.empty();
    return item.orElseGet(() -> Undefined.of(owner, name));
  }

  /** As {@code owner[key]}: the item, or else the attribute. */
  public static Object item(Object owner, Object key) {
    Types.defined(owner);
    Optional<Object> item = element(owner, key);
    if (item.isEmpty() && key instanceof String name) {
      item = own(owner, name);
    }
    return item.orElseGet(() -> Undefined.of(owner, key));
  }

  private static Optional<Object> element(Object owner, Object key) {
    if (owner instanceof Dict dict) {
      boolean hashable =
          !(key instanceof List) && !(key instanceof Dict) && !(key instanceof DictView);
      return hashable ? dict.get(key) : Optional.empty();
    }
    return Types.index(key).flatMap(place -> Slices.at(owner, place));
  }

  /** An attribute proper; the sandbox's refusal where it hides it. */
  public static Optional<Object> own(Object owner, String name) {
    if (name.startsWith("__") && name.endsWith("__") && name.length() > 4) {
      return hidden(owner, name);
    }
    if (owner instanceof PythonObject object) {
      return object.attribute(name);
    }
    if (NOT_HERE.getOrDefault(Types.name(owner), Set.of()).contains(name)) {
      throw new PythonError(
          "'%s.%s' is not supported in a chat template".formatted(Types.name(owner), name));
    }
    if (owner instanceof String text) {
      return text(text, name);
    }
    if (owner instanceof Markup safe) {
      return safeText(safe, name);
    }
    if (owner instanceof List<?> || owner instanceof Tuple || owner instanceof Range) {
      return sequence(owner, name);
    }
    return owner instanceof Dict dict ? dict(dict, name) : number(owner, name);
  }

  /** Python gives every object attributes such as {@code __class__}; a template sees none. */
  private static Optional<Object> hidden(Object owner, String name) {
    boolean known =
        Set.of("__class__", "__doc__", "__init__", "__len__", "__dict__", "__module__", "__eq__")
            .contains(name);
    return known ? Optional.of(Undefined.unsafe(owner, name)) : Optional.empty();
  }

  private static Optional<Object> function(Callable callable) {
    return Optional.of(callable);
  }

  private static Optional<Object> text(String text, String name) {
    if (name.equals("format")) {
      return function(arguments -> BraceFormat.format(text, arguments, LOOKUP));
    }
    if (name.equals("format_map")) {
      return function(arguments -> formatMap(text, arguments));
    }
    return StringMethods.find(name).map(method -> (Callable) a -> method.call(text, a));
  }

  private static Object formatMap(String text, Arguments arguments) {
    Object map = arguments.bind("format_map()", "/mapping").get(0);
    if (!(map instanceof Dict)) {
      throw new PythonError("format_map() wants a dict, not " + Types.name(map));
    }
    return BraceFormat.format(text, Builtins.keywords(map), LOOKUP);
  }

  private static Optional<Object> safeText(Markup safe, String name) {
    Optional<StringMethods.Method> method = StringMethods.find(name);
    if (method.isEmpty() && !name.startsWith("format")) {
      return Optional.empty();
    }
    if (!SAFE_TEXT.contains(name)) {
      throw new PythonError("'" + name + "' of a text marked as safe is not supported");
    }
    return function(
        arguments ->
            method.orElseThrow().call(safe.text(), arguments) instanceof String text
                ? new Markup(text)
                : method.orElseThrow().call(safe.text(), arguments));
  }

  private static Optional<Object> sequence(Object owner, String name) {
    if (owner instanceof List && CHANGES_LIST.contains(name)) {
      return Optional.of(Undefined.unsafe(owner, name));
    }
    if (owner instanceof Tuple tuple && tuple.names().contains(name)) {
      return Optional.of(tuple.items().get(tuple.names().indexOf(name)));
    }
    if (owner instanceof Range range && Set.of("start", "stop", "step").contains(name)) {
      long value =
          name.equals("start") ? range.start() : name.equals("stop") ? range.stop() : range.step();
      return Optional.of(BigInteger.valueOf(value));
    }
    return switch (name) {
      case "index" -> function(arguments -> place(owner, arguments));
      case "count" -> function(arguments -> count(owner, arguments));
      case "copy" ->
          owner instanceof List
              ? function(arguments -> new ArrayList<>(Types.list(owner)))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Object place(Object owner, Arguments arguments) {
    var bound = arguments.bind("index()", "/value", "/start?", "/stop?");
    List<Object> all = Types.list(owner);
    int from = bound.integer(1, 0);
    int to = bound.integer(2, all.size());
    int start = from < 0 ? Math.max(0, from + all.size()) : from;
    int stop = to < 0 ? to + all.size() : Math.min(to, all.size());
    for (int n = start; n < stop; n++) {
      if (Compare.equal(all.get(n), bound.get(0))) {
        return BigInteger.valueOf(n);
      }
    }
    throw new PythonError(Repr.repr(bound.get(0)) + " is not in " + Types.name(owner));
  }

  private static Object count(Object owner, Arguments arguments) {
    Object wanted = arguments.bind("count()", "/value").get(0);
    return BigInteger.valueOf(
        Types.list(owner).stream().filter(each -> Compare.equal(each, wanted)).count());
  }

  private static Optional<Object> dict(Dict dict, String name) {
    if (CHANGES_DICT.contains(name)) {
      return Optional.of(Undefined.unsafe(dict, name));
    }
    return switch (name) {
      case "get" -> function(arguments -> get(dict, arguments));
      case "keys" -> function(arguments -> view(dict, DictView.Part.KEYS, arguments));
      case "values" -> function(arguments -> view(dict, DictView.Part.VALUES, arguments));
      case "items" -> function(arguments -> view(dict, DictView.Part.ITEMS, arguments));
      case "copy" ->
          function(
              arguments -> {
                Dict copy = new Dict();
                copy.putAll(dict);
                return copy;
              });
      default -> Optional.empty();
    };
  }

  private static Object get(Dict dict, Arguments arguments) {
    var bound = arguments.bind("get()", "/key", "/default?");
    return dict.get(bound.get(0)).orElseGet(() -> bound.get(1, None.NONE));
  }

  private static Object view(Dict dict, DictView.Part part, Arguments arguments) {
    arguments.bind(part.name().toLowerCase(java.util.Locale.ROOT) + "()");
    return new DictView(dict, part);
  }

  private static Optional<Object> number(Object owner, String name) {
    boolean real = owner instanceof Double;
    Optional<BigInteger> integer = Types.integer(owner);
    if (!real && integer.isEmpty()) {
      return Optional.empty();
    }
    Object plain = real ? owner : integer.orElseThrow();
    return switch (name) {
      case "real" -> Optional.of(plain);
      case "imag" -> Optional.of(real ? (Object) 0.0 : BigInteger.ZERO);
      case "conjugate" -> function(arguments -> plain);
      case "is_integer" ->
          real ? function(arguments -> owner.equals(Math.rint((Double) owner))) : Optional.empty();
      case "numerator" -> real ? Optional.empty() : Optional.of(plain);
      case "denominator" -> real ? Optional.empty() : Optional.of(BigInteger.ONE);
      case "bit_length" ->
          real
              ? Optional.empty()
              : function(arguments -> BigInteger.valueOf(((BigInteger) plain).abs().bitLength()));
      default -> Optional.empty();
    };
  }
}
