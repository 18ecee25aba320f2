package io.alluvium.streams.bench.speed.measure;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells whoever waits how far it is.
 *
 * @param out where to
 */
public record Progress(PrintStream out) {

  /** One line. */
  public void say(String form, Object... values) {
    out.println("bench: " + String.format(Locale.ROOT, form, values));
  }
}
