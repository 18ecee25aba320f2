package io.alluvium.trainer.model.chat.jinja.python.operate;

import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.DictView;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.Generator;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Equality, order and membership. */
public final class Compare {
  private Compare() {}

  /** As {@code a == b}. */
  public static boolean equal(Object a, Object b) {
    if (number(a) && number(b)) {
      return numbers(a, b) == 0;
    }
    Optional<String> text = Types.text(a);
    if (text.isPresent()) {
      return text.equals(Types.text(b));
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return left == right || sameElements(left, right);
    }
    if (a instanceof Tuple left && b instanceof Tuple right) {
      return sameElements(left.items(), right.items());
    }
    if (a instanceof Dict left && b instanceof Dict right) {
      return left == right || sameEntries(left, right);
    }
    if (a instanceof Range left && b instanceof Range right) {
      return sameElements(left.elements(), right.elements());
    }
    if (a instanceof DictView left && b instanceof DictView right) {
      return sameView(left, right);
    }
    return a == b || (a instanceof Undefined && b instanceof Undefined);
  }

  /** Sign of {@code a} against {@code b}; more than 1 where neither holds, for not a number. */
  private static int numbers(Object a, Object b) {
    if (nan(a) || nan(b)) {
      return 2;
    }
    if (infinite(a) || infinite(b)) {
      return Double.compare(Arithmetic.toDouble(a), Arithmetic.toDouble(b));
    }
    return exact(a).compareTo(exact(b));
  }

  private static boolean nan(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static boolean infinite(Object value) {
    return value instanceof Double number && number.isInfinite();
  }

  private static BigDecimal exact(Object value) {
    return value instanceof Double number
        ? new BigDecimal(number)
        : new BigDecimal(Types.integer(value).orElse(BigInteger.ZERO));
  }

  private static boolean number(Object value) {
    return value instanceof Double || Types.integer(value).isPresent();
  }

  private static boolean sameElements(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<?> others = b.iterator();
    return a.stream().allMatch(each -> same(each, others.next()));
  }

  private static boolean same(Object a, Object b) {
    return a == b || equal(a, b);
  }

  private static boolean sameEntries(Dict a, Dict b) {
    return a.size() == b.size()
        && a.items().stream()
            .allMatch(
                item ->
                    b.get(item.items().get(0))
                        .filter(v -> same(v, item.items().get(1)))
                        .isPresent());
  }

  private static boolean sameView(DictView a, DictView b) {
    boolean sets = a.part() != DictView.Part.VALUES && b.part() != DictView.Part.VALUES;
    return sets
        && a.dict().size() == b.dict().size()
        && a.elements().stream().allMatch(each -> contains(b, each));
  }

  /**
   * As {@code a < b}.
   *
   * @throws PythonError where Python knows no order
   */
  public static boolean less(Object a, Object b) {
    return ordered(a, b, "<") == -1;
  }

  /**
   * The order of two values.
   *
   * @param operator as the template writes it, for errors
   * @return -1, 0, 1, or 2 where neither holds
   */
  public static int ordered(Object a, Object b, String operator) {
    Types.defined(a, b);
    if (number(a) && number(b)) {
      return Integer.min(2, numbers(a, b) == 2 ? 2 : Integer.signum(numbers(a, b)));
    }
    Optional<String> left = Types.text(a);
    Optional<String> right = Types.text(b);
    if (left.isPresent() && right.isPresent()) {
      return texts(left.get(), right.get());
    }
    boolean sequences =
        (a instanceof List && b instanceof List) || (a instanceof Tuple && b instanceof Tuple);
    if (!sequences) {
      throw new PythonError(
          "'%s' not supported between instances of '%s' and '%s'"
              .formatted(operator, Types.name(a), Types.name(b)));
    }
    return lists(Types.list(a), Types.list(b), operator);
  }

  private static int lists(List<Object> a, List<Object> b, String operator) {
    for (int n = 0; n < Math.min(a.size(), b.size()); n++) {
      if (!same(a.get(n), b.get(n))) {
        return ordered(a.get(n), b.get(n), operator);
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** By code points, not by UTF-16 units. */
  private static int texts(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return Integer.signum(java.util.Arrays.compare(left, right));
  }

  /**
   * As {@code value in owner}.
   *
   * @throws PythonError where the owner can hold nothing
   */
  public static boolean contains(Object owner, Object value) {
    if (owner instanceof Dict dict) {
      return dict.get(value).isPresent();
    }
    Optional<String> text = Types.text(owner);
    if (text.isPresent()) {
      return text.get()
          .contains(
              Types.text(value)
                  .orElseThrow(
                      () ->
                          new PythonError(
                              "'in <string>' requires string as left operand, not "
                                  + Types.name(value))));
    }
    if (!(owner instanceof Generator) && Types.elements(owner).isEmpty()) {
      throw new PythonError("argument of type '" + Types.name(owner) + "' is not iterable");
    }
    for (Iterator<Object> each = Types.iterate(owner); each.hasNext(); ) {
      if (same(each.next(), value)) {
        return true;
      }
    }
    return false;
  }
}
