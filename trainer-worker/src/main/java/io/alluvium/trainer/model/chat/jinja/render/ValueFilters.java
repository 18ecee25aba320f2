package io.alluvium.trainer.model.chat.jinja.render;

import static java.util.Map.entry;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Bound;
import io.alluvium.trainer.model.chat.jinja.python.format.Json;
import io.alluvium.trainer.model.chat.jinja.python.operate.Arithmetic;
import io.alluvium.trainer.model.chat.jinja.python.text.Numerals;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.render.path.Attributes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters of numbers and of any value. */
final class ValueFilters {
  static final Map<String, Filters.Filter> FILTERS =
      Map.ofEntries(
          entry("default", ValueFilters::otherwise),
          entry("d", ValueFilters::otherwise),
          entry("attr", ValueFilters::attribute),
          entry("abs", ValueFilters::absolute),
          entry("int", ValueFilters::integer),
          entry("float", ValueFilters::real),
          entry("round", ValueFilters::round),
          entry("tojson", ValueFilters::json));

  private ValueFilters() {}

  private static Object otherwise(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'default'", "default_value?", "boolean?");
    boolean missing = value instanceof Undefined || (bound.truth(1) && !Types.truth(value));
    return missing ? bound.get(0, "") : value;
  }

  private static Object attribute(Object value, Arguments arguments) {
    String name = arguments.bind("filter 'attr'", "name").text(0);
    Types.defined(value);
    return Attributes.own(value, name).orElseGet(() -> Undefined.of(value, name));
  }

  private static Object absolute(Object value, Arguments arguments) {
    arguments.bind("filter 'abs'");
    Types.defined(value);
    return value instanceof Double number
        ? (Object) Math.abs(number)
        : Types.integer(value)
            .orElseThrow(
                () -> new PythonError("bad operand type for abs(): '" + Types.name(value) + "'"))
            .abs();
  }

  private static Object integer(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'int'", "default?", "base?");
    Types.defined(value);
    Object otherwise = bound.get(0, BigInteger.ZERO);
    Optional<String> text = Types.text(value);
    if (text.isEmpty()) {
      return value instanceof Double number && Double.isFinite(number)
          ? new BigDecimal(number).toBigInteger()
          : Types.integer(value).<Object>map(n -> n).orElse(otherwise);
    }
    return Numerals.integer(text.get(), bound.integer(1, 10))
        .or(
            () ->
                Numerals.real(text.get())
                    .filter(Double::isFinite)
                    .map(number -> new BigDecimal(number).toBigInteger()))
        .<Object>map(n -> n)
        .orElse(otherwise);
  }

  private static Object real(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'float'", "default?");
    Types.defined(value);
    if (value instanceof Double || Types.integer(value).isPresent()) {
      return Arithmetic.toDouble(value);
    }
    return Types.text(value)
        .flatMap(Numerals::real)
        .<Object>map(n -> n)
        .orElseGet(() -> bound.get(0, 0.0));
  }

  private static Object round(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'round'", "precision?", "method?");
    String method = Repr.str(bound.get(1, "common"));
    int precision = bound.integer(0, 0);
    Types.defined(value);
    if (!List.of("common", "ceil", "floor").contains(method) || Math.abs(precision) > 300) {
      throw new PythonError("method must be common, ceil or floor, precision a small integer");
    }
    if (method.equals("common")) {
      return common(value, precision);
    }
    double scale = Math.pow(10, precision);
    double scaled = Arithmetic.toDouble(value) * scale;
    return (method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale + 0.0;
  }

  private static Object common(Object value, int precision) {
    if (value instanceof Double number) {
      return Double.isFinite(number)
          ? Math.copySign(
              new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).doubleValue(),
              number)
          : number;
    }
    BigInteger whole =
        Types.integer(value)
            .orElseThrow(
                () ->
                    new PythonError(
                        "type " + Types.name(value) + " doesn't define __round__ method"));
    return precision >= 0
        ? whole
        : new BigDecimal(whole).setScale(precision, RoundingMode.HALF_EVEN).toBigInteger();
  }

  private static Object json(Object value, Arguments arguments) {
    Bound bound =
        arguments.bind("filter 'tojson'", "ensure_ascii?", "indent?", "separators?", "sort_keys?");
    Optional<String> indent = bound.some(1).map(ValueFilters::indent);
    String item = indent.isPresent() ? "," : ", ";
    String key = ": ";
    if (bound.some(2).isPresent()) {
      List<Object> both = Types.list(bound.get(2));
      if (both.size() != 2) {
        throw new PythonError("filter 'tojson' wants two separators");
      }
      item = Repr.str(both.get(0));
      key = Repr.str(both.get(1));
    }
    return Json.write(value, new Json.Style(bound.truth(0), indent, item, key, bound.truth(3)));
  }

  private static String indent(Object given) {
    return Types.text(given)
        .orElseGet(
            () ->
                " "
                    .repeat(
                        Types.index(given)
                            .filter(n -> n < 1000)
                            .map(n -> Math.max(0, n))
                            .orElseThrow(
                                () -> new PythonError("filter 'tojson' wants a small indent"))));
  }
}
