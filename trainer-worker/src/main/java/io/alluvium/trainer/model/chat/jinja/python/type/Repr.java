package io.alluvium.trainer.model.chat.jinja.python.type;

import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.character.Characters;
import io.alluvium.trainer.model.chat.jinja.python.character.Floats;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonObject;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/** How Python prints values: {@code str} and {@code repr}. */
public final class Repr {
  private Repr() {}

  /** As {@code str(value)}. */
  public static String str(Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Markup safe) {
      return safe.text();
    }
    return value instanceof Undefined ? "" : repr(value);
  }

  /** As {@code repr(value)}. */
  public static String repr(Object value) {
    BoundedText text = new BoundedText();
    write(value, text);
    return text.toString();
  }

  private static void write(Object value, BoundedText text) {
    if (value instanceof List<?> list) {
      sequence(list, text.add("["));
      text.add("]");
    } else if (value instanceof Tuple tuple) {
      sequence(tuple.items(), text.add("("));
      text.add(tuple.items().size() == 1 ? ",)" : ")");
    } else if (value instanceof Dict dict) {
      entries(dict, text);
    } else if (value instanceof DictView view) {
      sequence(view.elements(), text.add(Types.name(view)).add("(["));
      text.add("])");
    } else if (value instanceof Markup safe) {
      quote(safe.text(), text.add("Markup("));
      text.add(")");
    } else if (value instanceof String plain) {
      quote(plain, text);
    } else {
      text.add(plain(value));
    }
  }

  private static String plain(Object value) {
    if (value instanceof None) {
      return "None";
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof BigInteger number) {
      return number.toString();
    }
    if (value instanceof Double number) {
      return Floats.repr(number);
    }
    if (value instanceof Range range) {
      return "range(%d, %d%s)"
          .formatted(range.start(), range.stop(), range.step() == 1 ? "" : ", " + range.step());
    }
    return value instanceof PythonObject object ? object.repr() : "Undefined";
  }

  private static void sequence(Collection<?> items, BoundedText text) {
    for (Iterator<?> each = items.iterator(); each.hasNext(); ) {
      write(each.next(), text);
      text.add(each.hasNext() ? ", " : "");
    }
  }

  private static void entries(Dict dict, BoundedText text) {
    String before = "{";
    for (Tuple item : dict.items()) {
      write(item.items().get(0), text.add(before));
      write(item.items().get(1), text.add(": "));
      before = ", ";
    }
    text.add(dict.size() == 0 ? "{}" : "}");
  }

  private static void quote(String value, BoundedText text) {
    char mark = value.contains("'") && !value.contains("\"") ? '"' : '\'';
    text.add(mark);
    value.codePoints().forEach(c -> text.add(quoted(c, mark)));
    text.add(mark);
  }

  private static String quoted(int c, char mark) {
    if (c == mark || c == '\\') {
      return "\\" + (char) c;
    }
    if (c == '\n' || c == '\r' || c == '\t') {
      return c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    }
    if (Characters.printable(c)) {
      return Character.toString(c);
    }
    return c <= 0xff
        ? "\\x%02x".formatted(c)
        : c <= 0xffff ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c);
  }
}
