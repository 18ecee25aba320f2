package ai.djl.pytorch.jni;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.NullMarked;

/** How long this process has spent inside {@link ScriptModule} calls, on all threads together. */
@NullMarked
public final class NativeClock {
  private static final LongAdder NANOS = new LongAdder();

  private NativeClock() {}

  /** Time since the process began, nanoseconds; only differences mean something. */
  public static long nanos() {
    return NANOS.sum();
  }

  static void add(long nanos) {
    NANOS.add(nanos);
  }
}
