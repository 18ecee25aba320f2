package io.alluvium.streams.bench.speed;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells whoever waits how far it is.
 *
 * @param out where to
 */
record Progress(PrintStream out) {

  /** One line. */
  void say(String form, Object... values) {
    out.println("bench: " + String.format(Locale.ROOT, form, values));
  }
}
