package io.alluvium.monitoring.queries;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One PromQL expression.
 *
 * @param where for messages: the panel or rule it stands in
 * @param text as written, dashboard variables included
 */
public record Expression(String where, String text) {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
  private static final Pattern MATCHERS_AND_RANGES = Pattern.compile("\\{[^}]*}|\\[[^]]*]");
  private static final Pattern LABEL_LISTS =
      Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[\\w:])");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)}?");
  private static final Set<String> OPERATORS =
      Set.of("and", "or", "unless", "bool", "offset", "by", "without");

  /** The metrics asked for, sorted. */
  public Set<String> metricNames() {
    Set<String> names = new TreeSet<>();
    Matcher matcher = NAME.matcher(bare());
    while (matcher.find()) {
      names.add(matcher.group());
    }
    names.removeAll(OPERATORS);
    return names;
  }

  /** The dashboard variables in it, sorted, without the dollar sign. */
  public Set<String> variables() {
    Set<String> names = new TreeSet<>();
    Matcher matcher = VARIABLE.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /** As the dashboard would send it with every adapter chosen and the given range for rates. */
  public Expression substituted(String rateRange) {
    String sent =
        text.replace("$__rate_interval", rateRange)
            .replace("$__range", rateRange)
            .replace("$adapter", ".+");
    return new Expression(where, sent);
  }

  private String bare() {
    String unquoted = QUOTED.matcher(text).replaceAll("");
    String unmatched = MATCHERS_AND_RANGES.matcher(unquoted).replaceAll("");
    return LABEL_LISTS.matcher(unmatched).replaceAll(" ");
  }
}
