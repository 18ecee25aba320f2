package io.alluvium.streams.admit.mark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Placeholders that nobody filled in: {@code Dear {{name}}} as a customer would have got it. The
 * same signs are good text where somebody learns to write templates or code, so an example is at
 * fault only when both hold:
 *
 * <ol>
 *   <li>a text holds a placeholder: {@code {{name}}} and {@code ${name}} with a name of letters,
 *       digits, {@code _ - .} and single blanks, {@code {% word … %}}, {@code {{#word …}}}, or
 *       {@code <%= name %>}. Doubled braces of JSON, code and LaTeX hold no such name, {@code
 *       ${HOME}} is a variable of the shell, {@code ${{ … }}} and {@code {{.Name}}} are code;
 *   <li>no text of the example shows that it is about templates or code: by a word (template,
 *       variable, Jinja, YAML …) or by what only code has (backquotes, backslashes, tags, equals
 *       signs, calls, lines that end in a semicolon or brace).
 * </ol>
 *
 * Pure.
 */
public final class Placeholders {
  private static final int LONGEST = 80;
  private static final int NONE = -1;

  /** Beginnings of words, in small letters. */
  private static final List<String> WORDS =
      List.of(
          "templat",
          "jinja",
          "django",
          "handlebars",
          "mustache",
          "liquid",
          "twig",
          "vue",
          "angular",
          "svelte",
          "helm",
          "ansible",
          "playbook",
          "hugo",
          "jekyll",
          "freemarker",
          "thymeleaf",
          "velocity",
          "ejs",
          "mako",
          "latex",
          "placeholder",
          "variable",
          "syntax",
          "code",
          "script",
          "shell",
          "bash",
          "html",
          "css",
          "xml",
          "yaml",
          "json",
          "function",
          "string",
          "format",
          "interpol",
          "render",
          "brace",
          "curly",
          "expression",
          "markup",
          "docker",
          "workflow",
          "config",
          "python",
          "kotlin",
          "merge field",
          "mail merge",
          "vorlage",
          "platzhalter",
          "klammer",
          "plantilla",
          "marcador",
          "llave",
          "modèle",
          "gabarit",
          "accolade",
          "modello",
          "segnaposto",
          "шаблон",
          "переменн",
          "模板",
          "变量",
          "占位",
          "テンプレート",
          "変数",
          "템플릿",
          "변수");

  private Placeholders() {}

  /** The first placeholder of an example that is not about templates or code, or empty. */
  public static Optional<String> unfilled(List<String> texts) {
    for (String text : texts) {
      Optional<String> found = first(text);
      if (found.isPresent()) {
        return texts.stream().anyMatch(Placeholders::isAboutCode) ? Optional.empty() : found;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> first(String text) {
    for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i + 1)) {
      int end = end(text, i);
      if (end != NONE) {
        return Optional.of(text.substring(at(text, i - 1) == '$' ? i - 1 : i, end));
      }
      // The second brace of a pair begins nothing by itself.
      i += at(text, i + 1) == '{' ? 1 : 0;
    }
    if (text.indexOf('%') < 0) {
      return Optional.empty();
    }
    for (int i = text.indexOf("<%="); i >= 0; i = text.indexOf("<%=", i + 1)) {
      int end = closed(text, i + 3, "%>");
      if (end != NONE) {
        return Optional.of(text.substring(i, end));
      }
    }
    return Optional.empty();
  }

  /** Where the placeholder ends that has its opening brace here. */
  private static int end(String text, int brace) {
    char before = at(text, brace - 1);
    char next = at(text, brace + 1);
    if (next == '%') {
      return block(text, brace + 2);
    } else if (next == '{') {
      return before == '$' || before == '{' || before == '\\' ? NONE : doubled(text, brace + 2);
    }
    return before == '$' && !isShouted(text, brace + 1) ? closed(text, brace + 1, "}") : NONE;
  }

  private static int doubled(String text, int start) {
    boolean isSection = at(text, start) == '#' || at(text, start) == '/';
    int end = closed(text, isSection ? start + 1 : start, "}}");
    return end != NONE && at(text, end) == '}' ? NONE : end;
  }

  /** {@code {% word … %}}. */
  private static int block(String text, int start) {
    int from = at(text, start) == '-' ? start + 1 : start;
    int word = blanks(text, from);
    if (!Character.isLetter(at(text, word))) {
      return NONE;
    }
    for (int i = word; i - start < LONGEST && i < text.length(); i++) {
      if (text.startsWith("%}", i)) {
        return i + 2;
      }
    }
    return NONE;
  }

  /** After a name and what closes it. */
  private static int closed(String text, int start, String closing) {
    int from = blanks(text, start);
    int i = from;
    while (i - start < LONGEST && isName(text, i)) {
      i++;
    }
    int close = blanks(text, i);
    return Character.isLetter(at(text, from)) && text.startsWith(closing, close)
        ? close + closing.length()
        : NONE;
  }

  private static boolean isName(String text, int i) {
    char c = at(text, i);
    return Character.isLetterOrDigit(c)
        || c == '_'
        || ((c == '.' || c == '-' || c == ' ') && Character.isLetterOrDigit(at(text, i + 1)));
  }

  /** A name in capitals alone is a variable of the environment. */
  private static boolean isShouted(String text, int start) {
    for (int i = start; i - start < LONGEST && at(text, i) != '}'; i++) {
      if (Character.isLowerCase(at(text, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAboutCode(String text) {
    String small = text.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(word -> beginsWord(small, word)) || hasCode(text);
  }

  private static boolean beginsWord(String text, String word) {
    for (int i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
      boolean isAlphabet = word.charAt(0) < 0x800;
      if (!isAlphabet || !Character.isLetter(at(text, i - 1))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasCode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = at(text, i + 1);
      boolean isCode =
          switch (c) {
            case '`', '\\' -> true;
            case '=' -> at(text, i - 1) != '%';
            case '<' -> next == '/' || Character.isLetter(next);
            case '(' -> next == ')';
            case ';' -> next == '\n' || i + 1 == text.length();
            case '{' -> next == '\n';
            default -> false;
          };
      if (isCode) {
        return true;
      }
    }
    return false;
  }

  private static int blanks(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) == ' ' && i - start < LONGEST) {
      i++;
    }
    return i;
  }

  private static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
  }
}
