package io.alluvium.trainer.model.chat.jinja.python.type;

import io.alluvium.trainer.model.chat.jinja.python.value.Generator;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonObject;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Kinds of values: their names, truth, length and elements. */
public final class Types {
  private Types() {}

  /** Name of a value's Python type. */
  public static String name(Object value) {
    if (value instanceof PythonObject object) {
      return object.type();
    }
    if (value instanceof DictView view) {
      return "dict_" + view.part().name().toLowerCase(java.util.Locale.ROOT);
    }
    if (value instanceof List) {
      return "list";
    }
    return switch (value.getClass().getSimpleName()) {
      case "None" -> "NoneType";
      case "Boolean" -> "bool";
      case "BigInteger" -> "int";
      case "Double" -> "float";
      case "String" -> "str";
      case "Tuple" -> "tuple";
      case "Dict" -> "dict";
      case "Range" -> "range";
      default -> value.getClass().getSimpleName();
    };
  }

  /** Whether Python counts a value as true. */
  public static boolean truth(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof BigInteger number) {
      return number.signum() != 0;
    }
    if (value instanceof Double number) {
      return number != 0;
    }
    if (value instanceof PythonObject object) {
      return object.truth();
    }
    return value != None.NONE && length(value).orElse(1) != 0;
  }

  /** How many elements or characters; empty for what has no length. */
  public static Optional<Integer> length(Object value) {
    if (value instanceof Undefined) {
      return Optional.of(0);
    }
    if (value instanceof Dict dict) {
      return Optional.of(dict.size());
    }
    Optional<String> text = text(value);
    return text.isPresent()
        ? text.map(t -> t.codePointCount(0, t.length()))
        : elements(value).map(List::size);
  }

  /** A text, safe or not. */
  public static Optional<String> text(Object value) {
    if (value instanceof Markup safe) {
      return Optional.of(safe.text());
    }
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** An integer that is small enough for a place; also a truth. */
  public static Optional<Integer> index(Object value) {
    return integer(value)
        .map(n -> n.max(BigInteger.valueOf(Integer.MIN_VALUE)))
        .map(n -> n.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue());
  }

  /** An integer; also a truth. */
  public static Optional<BigInteger> integer(Object value) {
    if (value instanceof Boolean truth) {
      return Optional.of(truth ? BigInteger.ONE : BigInteger.ZERO);
    }
    return value instanceof BigInteger number ? Optional.of(number) : Optional.empty();
  }

  /** What can be indexed by place, as a list: list, tuple, range, view, nothing. */
  public static Optional<List<Object>> elements(Object value) {
    if (value instanceof List<?> list) {
      return Optional.of(Collections.unmodifiableList(list));
    }
    if (value instanceof Tuple tuple) {
      return Optional.of(tuple.items());
    }
    if (value instanceof Range range) {
      return Optional.of(range.elements());
    }
    if (value instanceof DictView view) {
      return Optional.of(view.elements());
    }
    return value instanceof Undefined ? Optional.of(List.of()) : Optional.empty();
  }

  /**
   * Goes through a value.
   *
   * @throws PythonError when that is not possible
   */
  public static Iterator<Object> iterate(Object value) {
    if (value instanceof Generator generator) {
      return generator;
    }
    if (value instanceof Dict dict) {
      return dict.keys().iterator();
    }
    Optional<String> text = text(value);
    if (text.isPresent()) {
      return characters(text.get()).iterator();
    }
    return elements(value)
        .orElseThrow(() -> new PythonError("'" + name(value) + "' object is not iterable"))
        .iterator();
  }

  /** All elements of what can be gone through. */
  public static List<Object> list(Object value) {
    List<Object> list = new ArrayList<>();
    iterate(value).forEachRemaining(list::add);
    return list;
  }

  /** Characters of a text, each a text. */
  public static List<Object> characters(String text) {
    List<Object> characters = new ArrayList<>();
    text.codePoints().forEach(c -> characters.add(Character.toString(c)));
    return characters;
  }

  /** Fails on what is undefined. */
  public static void defined(Object... values) {
    for (Object value : values) {
      if (value instanceof Undefined undefined) {
        throw undefined.failure();
      }
    }
  }
}
