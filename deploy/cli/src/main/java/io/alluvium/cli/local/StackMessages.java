package io.alluvium.cli.local;

import io.alluvium.cli.terminal.Terminal;
import io.alluvium.stack.supervise.StackListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What happens to the processes, one line each; how far a start has come, every ten seconds. */
public final class StackMessages implements StackListener {
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);

  /** What a program begins with that tells how far its start has come. */
  private static final String STARTING = "starting: ";

  private final Terminal terminal;
  private final Map<String, Long> saidNs = new HashMap<>();

  /** Speaks to a terminal. */
  public StackMessages(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void adopted(String name) {
    terminal.say(name + " runs already");
  }

  @Override
  public void progress(String name, String said) {
    long nowNs = System.nanoTime();
    Long before = saidNs.get(name);
    boolean due = before == null || nowNs - before >= PROGRESS_EVERY.toNanos();
    if (due && said.startsWith(STARTING)) {
      saidNs.put(name, nowNs);
      terminal.say(name + " " + said);
    }
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
