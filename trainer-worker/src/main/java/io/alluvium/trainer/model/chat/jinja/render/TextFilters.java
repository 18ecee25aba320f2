package io.alluvium.trainer.model.chat.jinja.render;

import static java.util.Map.entry;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Bound;
import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.format.PercentFormat;
import io.alluvium.trainer.model.chat.jinja.python.operate.Slices;
import io.alluvium.trainer.model.chat.jinja.python.text.Cases;
import io.alluvium.trainer.model.chat.jinja.python.text.StringMethods;
import io.alluvium.trainer.model.chat.jinja.python.text.Wrapping;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import io.alluvium.trainer.model.chat.jinja.render.builtin.Builtins;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filters of texts. */
final class TextFilters {
  private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern TITLE_BREAK = Pattern.compile("[-\\s({\\[<]+");
  private static final Pattern ENTITY = Pattern.compile("&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z]+);");
  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");

  static final Map<String, Filters.Filter> FILTERS =
      Map.ofEntries(
          entry("upper", (v, a) -> plain("upper", v, a, Cases::upper)),
          entry("lower", (v, a) -> plain("lower", v, a, Cases::lower)),
          entry("capitalize", (v, a) -> plain("capitalize", v, a, Cases::capitalize)),
          entry("title", (v, a) -> Repr.str(plain("title", v, a, TextFilters::title))),
          entry("trim", TextFilters::trim),
          entry("center", TextFilters::center),
          entry("replace", TextFilters::replace),
          entry("format", TextFilters::format),
          entry("indent", TextFilters::indent),
          entry("truncate", TextFilters::truncate),
          entry("wordwrap", TextFilters::wordwrap),
          entry("wordcount", TextFilters::wordcount),
          entry("striptags", TextFilters::stripTags),
          entry("urlencode", TextFilters::urlencode),
          entry("string", TextFilters::string),
          entry("safe", (v, a) -> new Markup(Repr.str(v))),
          entry("escape", (v, a) -> Markup.escape(v)),
          entry("e", (v, a) -> Markup.escape(v)),
          entry("forceescape", (v, a) -> Markup.escape(Repr.str(v))));

  private TextFilters() {}

  private static Object plain(
      String name, Object value, Arguments arguments, UnaryOperator<String> change) {
    arguments.bind("filter '" + name + "'");
    return like(value, change.apply(Repr.str(value)));
  }

  private static Object like(Object value, String text) {
    return value instanceof Markup ? new Markup(text) : text;
  }

  private static Object string(Object value, Arguments arguments) {
    arguments.bind("filter 'string'");
    return value instanceof Markup ? value : Repr.str(value);
  }

  private static String title(String text) {
    StringBuilder title = new StringBuilder();
    Matcher gap = TITLE_BREAK.matcher(text);
    int from = 0;
    while (gap.find()) {
      title.append(word(text.substring(from, gap.start()))).append(gap.group());
      from = gap.end();
    }
    return title.append(word(text.substring(from))).toString();
  }

  private static String word(String word) {
    int first = word.isEmpty() ? 0 : Character.charCount(word.codePointAt(0));
    return Cases.upper(word.substring(0, first)) + Cases.lower(word.substring(first));
  }

  private static Object trim(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'trim'", "chars?");
    return like(value, StringMethods.strip(Repr.str(value), bound.someText(0)));
  }

  private static Object center(Object value, Arguments arguments) {
    int width = arguments.bind("filter 'center'", "width?").integer(0, 80);
    return StringMethods.find("center")
        .orElseThrow()
        .call(Repr.str(value), Arguments.of(BigInteger.valueOf(width)));
  }

  private static Object replace(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'replace'", "old", "new", "count?");
    int count = bound.some(2).isEmpty() ? -1 : bound.integer(2);
    return StringMethods.replace(
        Repr.str(value), Repr.str(bound.get(0)), Repr.str(bound.get(1)), count);
  }

  private static Object format(Object value, Arguments arguments) {
    boolean named = !arguments.keywords().isEmpty();
    if (named && !arguments.positional().isEmpty()) {
      throw new PythonError("can't handle positional and keyword arguments at the same time");
    }
    Object values = named ? Builtins.dict(arguments) : new Tuple(arguments.positional());
    return PercentFormat.format(Repr.str(value), values);
  }

  private static String text(String filter, Object value) {
    Types.defined(value);
    return Types.text(value)
        .orElseThrow(
            () ->
                new PythonError(
                    "filter '%s' wants a string, not %s".formatted(filter, Types.name(value))));
  }

  private static Object indent(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'indent'", "width?", "first?", "blank?");
    String text = text("indent", value);
    String by =
        bound.given(0).flatMap(Types::text).orElseGet(() -> " ".repeat(width(bound.integer(0, 4))));
    List<Object> lines = StringMethods.lines(text + "\n");
    BoundedText indented = new BoundedText();
    for (int n = 0; n < lines.size(); n++) {
      String line = Repr.str(lines.get(n));
      boolean indents = n == 0 ? bound.truth(1) : bound.truth(2) || !line.isEmpty();
      indented.add(n == 0 ? "" : "\n").add(indents ? by : "").add(line);
    }
    return indented.toString();
  }

  private static int width(int wanted) {
    BoundedText.check(wanted);
    return Math.max(0, wanted);
  }

  private static Object truncate(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'truncate'", "length?", "killwords?", "end?", "leeway?");
    int length = bound.integer(0, 255);
    String end = Repr.str(bound.get(2, "..."));
    int leeway = bound.some(3).isEmpty() ? 5 : bound.integer(3);
    int ending = end.codePointCount(0, end.length());
    if (length < ending || leeway < 0) {
      throw new PythonError("expected length >= " + ending + " and leeway >= 0");
    }
    int size = Types.length(value).orElse(Integer.MAX_VALUE);
    if (size <= (long) length + leeway) {
      return value;
    }
    String text = text("truncate", value);
    String cut =
        Repr.str(Slices.slice(text, None.NONE, BigInteger.valueOf(length - ending), None.NONE));
    int space = bound.truth(1) ? -1 : cut.lastIndexOf(' ');
    return (space < 0 ? cut : cut.substring(0, space)) + end;
  }

  private static Object wordwrap(Object value, Arguments arguments) {
    Bound bound =
        arguments.bind(
            "filter 'wordwrap'", "width?", "break_long_words?", "wrapstring?", "break_on_hyphens?");
    String between = bound.someText(2).orElse("\n");
    Wrapping wrapping =
        new Wrapping(
            bound.integer(0, 79),
            bound.given(1).isEmpty() || bound.truth(1),
            bound.given(3).isEmpty() || bound.truth(3));
    List<String> lines = new ArrayList<>();
    for (Object line : StringMethods.lines(text("wordwrap", value))) {
      lines.add(String.join(between, wrapping.wrap(Repr.str(line))));
    }
    return String.join(between, lines);
  }

  private static Object wordcount(Object value, Arguments arguments) {
    arguments.bind("filter 'wordcount'");
    return BigInteger.valueOf(WORD.matcher(Repr.str(value)).results().count());
  }

  private static Object stripTags(Object value, Arguments arguments) {
    arguments.bind("filter 'striptags'");
    String text = without(without(Repr.str(value), "<!--", "-->"), "<", ">");
    String words = String.join(" ", StringMethods.words(text));
    return ENTITY.matcher(words).replaceAll(m -> Matcher.quoteReplacement(entity(m.group(1))));
  }

  private static String without(String text, String begin, String end) {
    String left = text;
    int from = left.indexOf(begin);
    while (from >= 0) {
      int to = left.indexOf(end, from);
      if (to < 0) {
        return left;
      }
      left = left.substring(0, from) + left.substring(to + end.length());
      from = left.indexOf(begin);
    }
    return left;
  }

  private static String entity(String name) {
    if (name.startsWith("#")) {
      boolean hex = name.charAt(1) == 'x' || name.charAt(1) == 'X';
      return Character.toString(Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10));
    }
    return Optional.ofNullable(ENTITIES.get(name))
        .orElseThrow(() -> new PythonError("filter 'striptags' knows no entity &" + name + ";"));
  }

  private static Object urlencode(Object value, Arguments arguments) {
    arguments.bind("filter 'urlencode'");
    boolean pairs = value instanceof Dict || value instanceof List || value instanceof Tuple;
    if (!pairs) {
      return quote(Repr.str(value), "/");
    }
    List<String> parts = new ArrayList<>();
    Iterable<?> items = value instanceof Dict dict ? dict.items() : Types.list(value);
    for (Object pair : items) {
      List<Object> both = Types.list(pair);
      if (both.size() != 2) {
        throw new PythonError("filter 'urlencode' wants pairs, not " + both.size() + " values");
      }
      parts.add(query(both.get(0)) + "=" + query(both.get(1)));
    }
    return String.join("&", parts);
  }

  private static String query(Object value) {
    return quote(Repr.str(value), "").replace("%20", "+");
  }

  private static String quote(String text, String safe) {
    StringBuilder quoted = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || ("_.-~" + safe).indexOf(c) >= 0);
      quoted.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return quoted.toString();
  }
}
