package io.alluvium.cli.adapters;

import io.alluvium.cli.terminal.CommandException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An adapter as written on the command line: {@code ID} or {@code ID@VERSION}.
 *
 * @param id the adapter id
 * @param version the version, or null for the current one
 */
public record AdapterName(String id, @Nullable Long version) {
  private static final Pattern FORM = Pattern.compile("(.+?)(?:@(\\d{1,18}))?");

  /**
   * Reads the written form.
   *
   * @throws CommandException (usage) when it has no id
   */
  public static AdapterName parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw CommandException.usage(
          "\"%s\" names no adapter: write ID or ID@VERSION".formatted(text));
    }
    String version = form.group(2);
    return new AdapterName(form.group(1), version == null ? null : Long.valueOf(version));
  }
}
