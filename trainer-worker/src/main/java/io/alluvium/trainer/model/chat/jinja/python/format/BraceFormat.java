package io.alluvium.trainer.model.chat.jinja.python.format;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.math.BigInteger;
import java.util.Optional;

/** {@code str.format}: fields by place or name, with attributes, elements, conversions, specs. */
public final class BraceFormat {
  private final String template;
  private final Arguments arguments;
  private final Lookup lookup;
  private int next;
  private boolean numbered;

  private BraceFormat(String template, Arguments arguments, Lookup lookup) {
    this.template = template;
    this.arguments = arguments;
    this.lookup = lookup;
  }

  /** How a field finds what lies in a value. */
  public interface Lookup {
    /** As {@code owner.name}. */
    Object attribute(Object owner, String name);

    /** As {@code owner[key]}. */
    Object item(Object owner, Object key);
  }

  /** As {@code template.format(*arguments)}. */
  public static String format(String template, Arguments arguments, Lookup lookup) {
    return new BraceFormat(template, arguments, lookup).format(template, 2);
  }

  private String format(String part, int depth) {
    if (depth == 0) {
      throw new PythonError("Max string recursion exceeded");
    }
    BoundedText text = new BoundedText();
    int at = 0;
    while (at < part.length()) {
      char c = part.charAt(at);
      boolean twice = at + 1 < part.length() && part.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && twice) {
        text.add(c);
        at += 2;
      } else if (c == '}') {
        throw new PythonError("Single '}' encountered in format string");
      } else if (c == '{') {
        int end = end(part, at + 1);
        text.add(field(part.substring(at + 1, end), depth));
        at = end + 1;
      } else {
        text.add(c);
        at++;
      }
    }
    return text.toString();
  }

  private static int end(String part, int from) {
    int open = 1;
    for (int at = from; at < part.length(); at++) {
      open += part.charAt(at) == '{' ? 1 : part.charAt(at) == '}' ? -1 : 0;
      if (open == 0) {
        return at;
      }
    }
    throw new PythonError(
        from == part.length()
            ? "Single '{' encountered in format string"
            : "expected '}' before end of string");
  }

  private String field(String field, int depth) {
    int colon = specAt(field, ':');
    String before = colon < 0 ? field : field.substring(0, colon);
    String spec = colon < 0 ? "" : field.substring(colon + 1);
    int mark = specAt(before, '!');
    Object value = value(mark < 0 ? before : before.substring(0, mark));
    Object converted = mark < 0 ? value : convert(value, before.substring(mark + 1));
    return FormatSpec.format(converted, format(spec, depth - 1 + (spec.isEmpty() ? 1 : 0)));
  }

  /** First place of a mark outside of brackets. */
  private static int specAt(String field, char mark) {
    boolean inside = false;
    for (int at = 0; at < field.length(); at++) {
      char c = field.charAt(at);
      inside = c == '[' || (inside && c != ']');
      if (!inside && (c == mark || (mark == '!' && c == ':'))) {
        return c == mark ? at : -1;
      }
    }
    return -1;
  }

  private static Object convert(Object value, String conversion) {
    return switch (conversion) {
      case "s" -> Repr.str(value);
      case "r" -> Repr.repr(value);
      case "a" -> Json.ascii(Repr.repr(value));
      default -> throw new PythonError("Unknown conversion specifier " + Repr.repr(conversion));
    };
  }

  private Object value(String path) {
    int at = 0;
    while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
      at++;
    }
    Object value = first(path.substring(0, at));
    while (at < path.length()) {
      boolean item = path.charAt(at) == '[';
      int end = item ? path.indexOf(']', at) : next(path, at + 1);
      if (end < 0 || end == at + 1) {
        throw new PythonError("Empty attribute in format string");
      }
      String name = path.substring(at + 1, end);
      value = item ? lookup.item(value, key(name)) : lookup.attribute(value, name);
      at = item ? end + 1 : end;
    }
    return value;
  }

  private static int next(String path, int from) {
    int at = from;
    while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
      at++;
    }
    return at;
  }

  private static Object key(String name) {
    return name.matches("\\d{1,9}") ? new BigInteger(name) : name;
  }

  private Object first(String name) {
    if (name.isEmpty()) {
      return automatic();
    }
    if (!name.matches("\\d{1,9}")) {
      return Optional.ofNullable(arguments.keywords().get(name))
          .orElseThrow(() -> new PythonError("KeyError: " + Repr.repr(name)));
    }
    if (next > 0) {
      throw new PythonError(
          "cannot switch from automatic field numbering to manual field specification");
    }
    numbered = true;
    return place(Integer.parseInt(name));
  }

  private Object automatic() {
    if (numbered) {
      throw new PythonError(
          "cannot switch from manual field specification to automatic field numbering");
    }
    return place(next++);
  }

  private Object place(int at) {
    if (at >= arguments.positional().size()) {
      throw new PythonError(
          "Replacement index %d out of range for positional args tuple of %s"
              .formatted(at, Repr.repr(template)));
    }
    return arguments.positional().get(at);
  }
}
