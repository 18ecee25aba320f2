package io.alluvium.trainer.model.chat.jinja.python.call;

import com.fasterxml.jackson.databind.JsonNode;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where values of Java and of JSON become Python's. */
public final class Door {
  private Door() {}

  /**
   * Converts a value; lists and maps with all they hold, in their order.
   *
   * @param value String, number, Boolean, null, Collection, Map or JsonNode
   * @throws PythonError for anything else
   */
  public static Object in(@Nullable Object value) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof JsonNode node) {
      return json(node);
    }
    if (value instanceof String || value instanceof Boolean || value instanceof None) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      Dict dict = new Dict();
      map.forEach((key, each) -> dict.put(in(key), in(each)));
      return dict;
    }
    if (value instanceof Collection<?> collection) {
      List<Object> list = new ArrayList<>();
      collection.forEach(each -> list.add(in(each)));
      return list;
    }
    throw new PythonError("a template takes no " + value.getClass().getName());
  }

  private static Object number(Number number) {
    if (number instanceof BigInteger) {
      return number;
    }
    if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
      return number.doubleValue();
    }
    return BigInteger.valueOf(number.longValue());
  }

  private static Object json(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> object(node);
      case ARRAY -> array(node);
      case STRING -> node.textValue();
      case BOOLEAN -> node.booleanValue();
      case NUMBER -> node.isIntegralNumber() ? node.bigIntegerValue() : (Object) node.doubleValue();
      case NULL -> None.NONE;
      default -> throw new PythonError("a template takes no JSON " + node.getNodeType());
    };
  }

  private static Dict object(JsonNode node) {
    Dict dict = new Dict();
    node.properties().forEach(field -> dict.put(field.getKey(), json(field.getValue())));
    return dict;
  }

  private static List<Object> array(JsonNode node) {
    List<Object> list = new ArrayList<>();
    node.forEach(each -> list.add(json(each)));
    return list;
  }
}
