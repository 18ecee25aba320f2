package io.alluvium.trainer.base.chat.jinja;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/** Python's methods of {@code str}, where Java's are called otherwise or do otherwise. */
final class PythonStrings extends CompositeELResolver {
  PythonStrings() {
    add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
  }

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      Object method,
      Class<?>[] types,
      @Nullable Object[] arguments) {
    if (base instanceof String text) {
      Optional<Object> result = call(text, method.toString(), arguments);
      if (result.isPresent()) {
        context.setPropertyResolved(true);
        return result.get();
      }
    }
    return super.invoke(context, base, method, types, arguments);
  }

  /** Empty where Java's own method serves. */
  static Optional<Object> call(String text, String method, @Nullable Object[] arguments) {
    @Nullable String first =
        arguments.length > 0 && arguments[0] != null ? arguments[0].toString() : null;
    return switch (method) {
      case "strip" -> Optional.of(right(left(text, first), first));
      case "lstrip" -> Optional.of(left(text, first));
      case "rstrip" -> Optional.of(right(text, first));
      case "upper" -> Optional.of(text.toUpperCase(java.util.Locale.ROOT));
      case "lower" -> Optional.of(text.toLowerCase(java.util.Locale.ROOT));
      default -> first == null ? Optional.empty() : call(text, method, first);
    };
  }

  private static Optional<Object> call(String text, String method, String argument) {
    return switch (method) {
      case "startswith" -> Optional.of(text.startsWith(argument));
      case "endswith" -> Optional.of(text.endsWith(argument));
      case "split" -> Optional.of(parts(text, argument));
      default -> Optional.empty();
    };
  }

  private static String left(String text, @Nullable String characters) {
    int from = 0;
    while (from < text.length() && goes(text.charAt(from), characters)) {
      from++;
    }
    return text.substring(from);
  }

  private static String right(String text, @Nullable String characters) {
    int to = text.length();
    while (to > 0 && goes(text.charAt(to - 1), characters)) {
      to--;
    }
    return text.substring(0, to);
  }

  private static boolean goes(char character, @Nullable String characters) {
    return characters == null
        ? Character.isWhitespace(character)
        : characters.indexOf(character) >= 0;
  }

  private static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }
}
