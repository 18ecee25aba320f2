package io.alluvium.cli.local;

import io.alluvium.cli.terminal.Terminal;
import io.alluvium.stack.supervise.StackListener;
import java.time.Duration;
import java.util.Locale;

/**
 * What happens to the processes, one line each.
 *
 * @param terminal who is told
 */
public record StackMessages(Terminal terminal) implements StackListener {
  @Override
  public void adopted(String name) {
    terminal.say(name + " runs already");
  }

  @Override
  public void ready(String name, Duration took) {
    terminal.say(String.format(Locale.ROOT, "%s ready after %.1f s", name, took.toMillis() / 1e3));
  }

  @Override
  public void stopped(String name) {
    terminal.say(name + " stopped");
  }
}
