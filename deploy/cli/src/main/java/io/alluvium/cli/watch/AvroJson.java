package io.alluvium.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * An Avro value as plain JSON with Avro's field names: no type wrappers around union members, times
 * as milliseconds since the epoch, bytes in base 64, a number that is not finite as null. Pure.
 */
public final class AvroJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AvroJson() {}

  /** All fields, in schema order. */
  public static ObjectNode of(SpecificRecord record) {
    ObjectNode node = NODES.objectNode();
    for (Schema.Field field : record.getSchema().getFields()) {
      node.set(field.name(), node(record.get(field.pos())));
    }
    return node;
  }

  private static JsonNode node(@Nullable Object value) {
    if (value instanceof SpecificRecord record) {
      return of(record);
    } else if (value instanceof List<?> list) {
      return array(list);
    } else if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    return scalar(value);
  }

  private static ArrayNode array(List<?> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(node(value)));
    return array;
  }

  private static ObjectNode object(Map<?, ?> values) {
    ObjectNode object = NODES.objectNode();
    values.forEach((key, value) -> object.set(String.valueOf(key), node(value)));
    return object;
  }

  private static JsonNode scalar(@Nullable Object value) {
    if (value == null) {
      return NODES.nullNode();
    } else if (value instanceof Instant time) {
      return NODES.numberNode(time.toEpochMilli());
    } else if (value instanceof Boolean truth) {
      return NODES.booleanNode(truth);
    } else if (value instanceof ByteBuffer bytes) {
      return NODES.binaryNode(content(bytes));
    }
    return value instanceof Number number ? number(number) : NODES.textNode(value.toString());
  }

  private static byte[] content(ByteBuffer bytes) {
    byte[] content = new byte[bytes.remaining()];
    bytes.duplicate().get(content);
    return content;
  }

  private static JsonNode number(Number number) {
    if (number instanceof Integer || number instanceof Long) {
      return NODES.numberNode(number.longValue());
    }
    double value = number.doubleValue();
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }
}
