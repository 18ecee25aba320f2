package io.alluvium.cli.terminal;

import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress of work that may take more than two seconds: a bar where standard error is a terminal, a
 * plain line every ten seconds elsewhere, nothing at all for shorter work.
 */
public final class Progress implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  private final Terminal terminal;
  private final String what;
  private final LongSupplier nanoClock;
  private final long startedNs;
  private long lastLineNs;
  private long total;
  private long done;
  private String note = "";
  private @Nullable ProgressBar bar;

  private Progress(Terminal terminal, String what, long total, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
    this.nanoClock = nanoClock;
    this.startedNs = nanoClock.getAsLong();
    this.lastLineNs = startedNs;
  }

  /**
   * Begins.
   *
   * @param what the work, as the bar's title
   * @param total units of work; 0 when not known
   */
  public static Progress start(Terminal terminal, String what, long total) {
    return new Progress(terminal, what, total, System::nanoTime);
  }

  /** The same with a clock of nanoseconds for tests. */
  static Progress start(Terminal terminal, String what, LongSupplier nanoClock) {
    return new Progress(terminal, what, 0, nanoClock);
  }

  /** Says how much is done in all. */
  public void at(long unitsDone) {
    done = unitsDone;
    show();
  }

  /** Says how much is done, and a few words beside it. */
  public void at(long unitsDone, String words) {
    note = words;
    at(unitsDone);
  }

  /** Corrects the amount of work. */
  public void outOf(long units) {
    total = units;
    show();
  }

  /** One line for the person, above the bar where there is one. */
  public void say(String line) {
    // Goes to the line's beginning and clears what the bar drew there; it draws itself again below.
    terminal.say(bar == null ? line : "\r\033[2K" + line);
  }

  private void show() {
    long now = nanoClock.getAsLong();
    if (now - startedNs < QUIET.toNanos()) {
      return;
    }
    if (terminal.interactive()) {
      drawn().stepTo(done).setExtraMessage(note).maxHint(total == 0 ? -1 : total);
    } else if (now - lastLineNs >= BETWEEN_LINES.toNanos()) {
      lastLineNs = now;
      terminal.say(line());
    }
  }

  private String line() {
    String amount = total == 0 ? Long.toString(done) : done + " of " + total;
    return (what + ": " + amount + " " + note).strip();
  }

  private ProgressBar drawn() {
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(what)
              .setInitialMax(total == 0 ? -1 : total)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(terminal.err()))
              .build();
    }
    return bar;
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
