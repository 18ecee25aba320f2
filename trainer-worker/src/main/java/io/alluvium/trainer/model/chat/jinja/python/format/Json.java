package io.alluvium.trainer.model.chat.jinja.python.format;

import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.operate.Compare;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code json.dumps}, without escapes for HTML, as transformers put it under {@code tojson}. */
public final class Json {
  private final Style style;
  private final BoundedText text = new BoundedText();

  private Json(Style style) {
    this.style = style;
  }

  /**
   * How JSON is written.
   *
   * @param ascii whether other characters are escaped
   * @param indent what a level is indented by; empty for one line
   * @param item between items
   * @param key between key and value
   * @param sorted whether keys are sorted
   */
  public record Style(
      boolean ascii, Optional<String> indent, String item, String key, boolean sorted) {}

  /**
   * Writes a value.
   *
   * @throws PythonError when it holds what JSON does not know
   */
  public static String write(Object value, Style style) {
    Json json = new Json(style);
    json.value(value, 1);
    return json.text.toString();
  }

  private void value(Object value, int depth) {
    Optional<String> string = Types.text(value);
    if (string.isPresent()) {
      quote(string.get());
    } else if (value instanceof Dict dict) {
      object(dict, depth);
    } else if (value instanceof List || value instanceof Tuple) {
      array(Types.list(value), depth);
    } else {
      text.add(plain(value, "Object of type %s is not JSON serializable"));
    }
  }

  private static String plain(Object value, String otherwise) {
    if (value instanceof None) {
      return "null";
    }
    if (value instanceof Boolean truth) {
      return truth ? "true" : "false";
    }
    if (value instanceof BigInteger) {
      return Repr.repr(value);
    }
    if (value instanceof Double number) {
      return number.isNaN() ? "NaN" : Repr.repr(value).replace("inf", "Infinity");
    }
    throw new PythonError(otherwise.formatted(Types.name(value)));
  }

  private void array(List<Object> items, int depth) {
    text.add("[");
    for (int n = 0; n < items.size(); n++) {
      begin(n, depth);
      value(items.get(n), depth + 1);
    }
    end(items.size(), depth);
    text.add("]");
  }

  private void object(Dict dict, int depth) {
    List<Tuple> items = new ArrayList<>(dict.items());
    if (style.sorted()) {
      items.sort((a, b) -> Compare.ordered(a.items().get(0), b.items().get(0), "<"));
    }
    text.add("{");
    for (int n = 0; n < items.size(); n++) {
      begin(n, depth);
      Object key = items.get(n).items().get(0);
      quote(
          Types.text(key)
              .orElseGet(() -> plain(key, "keys must be str, int, float, bool or None, not %s")));
      text.add(style.key());
      value(items.get(n).items().get(1), depth + 1);
    }
    end(items.size(), depth);
    text.add("}");
  }

  private void begin(int n, int depth) {
    text.add(n == 0 ? "" : style.item());
    style.indent().ifPresent(indent -> text.add("\n").add(indent, depth));
  }

  private void end(int size, int depth) {
    if (size > 0) {
      style.indent().ifPresent(indent -> text.add("\n").add(indent, depth - 1L));
    }
  }

  private void quote(String string) {
    text.add("\"");
    for (int n = 0; n < string.length(); n++) {
      text.add(escaped(string.charAt(n)));
    }
    text.add("\"");
  }

  private String escaped(char c) {
    return switch (c) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\f' -> "\\f";
      case '\b' -> "\\b";
      default ->
          c < 0x20 || (style.ascii() && c > 0x7e)
              ? "\\u%04x".formatted((int) c)
              : String.valueOf(c);
    };
  }

  /** As {@code ascii(value)} makes it of {@code repr(value)}. */
  static String ascii(String repr) {
    StringBuilder text = new StringBuilder();
    repr.codePoints()
        .forEach(
            c ->
                text.append(
                    c < 0x80
                        ? Character.toString(c)
                        : c <= 0xff
                            ? "\\x%02x".formatted(c)
                            : c <= 0xffff ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c)));
    return text.toString();
  }
}
