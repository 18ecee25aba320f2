package io.alluvium.trainer.model.chat.jinja.python.type;

import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/** What of a value makes it the same key as another. */
public final class Keys {
  private Keys() {}

  /**
   * A form whose Java equality is Python's.
   *
   * @throws PythonError when Python cannot hash the value
   */
  public static Object of(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? BigInteger.ONE : BigInteger.ZERO;
    }
    if (value instanceof Double number) {
      return ofDouble(number);
    }
    if (value instanceof Markup text) {
      return text.text();
    }
    if (value instanceof Undefined) {
      return Undefined.class;
    }
    if (value instanceof Tuple tuple) {
      return new Tuple(tuple.items().stream().map(Keys::of).toList());
    }
    if (value instanceof List || value instanceof Dict || value instanceof DictView) {
      throw new PythonError("unhashable type: '" + Types.name(value) + "'");
    }
    return value;
  }

  private static Object ofDouble(Double number) {
    boolean whole = !number.isInfinite() && !number.isNaN() && number == Math.rint(number);
    return whole ? new BigDecimal(number).toBigInteger() : number;
  }
}
