package io.alluvium.trainer.model.chat.jinja.render;

import static java.util.Map.entry;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Callable;
import io.alluvium.trainer.model.chat.jinja.python.operate.Arithmetic;
import io.alluvium.trainer.model.chat.jinja.python.operate.Compare;
import io.alluvium.trainer.model.chat.jinja.python.text.Cases;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.DictView;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.Generator;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.render.run.LoopState;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Jinja's tests. */
final class Tests {
  private static final BigInteger TWO = BigInteger.TWO;

  private static final Map<String, Check> TESTS =
      Map.ofEntries(
          plain("defined", v -> !(v instanceof Undefined)),
          plain("undefined", Undefined.class::isInstance),
          plain("none", v -> v == None.NONE),
          plain("boolean", Boolean.class::isInstance),
          plain("true", v -> v.equals(true)),
          plain("false", v -> v.equals(false)),
          plain("integer", BigInteger.class::isInstance),
          plain("float", Double.class::isInstance),
          plain("number", v -> v instanceof Double || Types.integer(v).isPresent()),
          plain("string", v -> Types.text(v).isPresent()),
          plain("mapping", Dict.class::isInstance),
          plain("sequence", v -> Types.length(v).isPresent() && !(v instanceof DictView)),
          plain("iterable", Tests::iterable),
          plain("callable", v -> v instanceof Callable || v instanceof Undefined),
          plain("escaped", Markup.class::isInstance),
          plain("lower", v -> Cases.lowerCased(Repr.str(v))),
          plain("upper", v -> Cases.upperCased(Repr.str(v))),
          plain("odd", v -> remainder(v, TWO).equals(BigInteger.ONE)),
          plain("even", v -> Compare.equal(remainder(v, TWO), BigInteger.ZERO)),
          plain("filter", v -> Filters.names().contains(v)),
          plain("test", v -> names().contains(v)),
          entry("divisibleby", (v, w) -> Compare.equal(remainder(v, w), BigInteger.ZERO)),
          entry("sameas", Tests::same),
          operator("in", "in"),
          operator("==", "=="),
          operator("eq", "=="),
          operator("equalto", "=="),
          operator("!=", "!="),
          operator("ne", "!="),
          operator(">", ">"),
          operator("gt", ">"),
          operator("greaterthan", ">"),
          operator(">=", ">="),
          operator("ge", ">="),
          operator("<", "<"),
          operator("lt", "<"),
          operator("lessthan", "<"),
          operator("<=", "<="),
          operator("le", "<="));

  private Tests() {}

  /** A test of a value, most often beside another. */
  private interface Check {
    boolean holds(Object value, Object other);
  }

  /** A test that takes no argument. */
  private record Plain(Predicate<Object> predicate) implements Check {
    @Override
    public boolean holds(Object value, Object other) {
      return predicate.test(value);
    }
  }

  private static Map.Entry<String, Check> plain(String name, Predicate<Object> predicate) {
    return entry(name, new Plain(predicate));
  }

  private static Map.Entry<String, Check> operator(String name, String operator) {
    return entry(name, (v, w) -> Evaluator.holds(operator, v, w));
  }

  static Set<String> names() {
    return TESTS.keySet();
  }

  /** Whether a test holds of a value. */
  static boolean holds(String name, Object value, Arguments arguments) {
    Check check =
        Optional.ofNullable(TESTS.get(name))
            .orElseThrow(() -> new PythonError("No test named '" + name + "' found."));
    if (check instanceof Plain) {
      arguments.bind("test '" + name + "'");
      return check.holds(value, None.NONE);
    }
    return check.holds(value, arguments.bind("test '" + name + "'", "other").get(0));
  }

  private static Object remainder(Object value, Object by) {
    return Arithmetic.apply("%", value, by);
  }

  private static boolean iterable(Object value) {
    return value instanceof Generator
        || value instanceof LoopState
        || Types.length(value).isPresent();
  }

  /** Texts and numbers are the same where they are equal and of one type. */
  private static boolean same(Object value, Object other) {
    boolean plain =
        value instanceof String || value instanceof BigInteger || value instanceof Boolean;
    return value == other || (plain && value.equals(other));
  }
}
