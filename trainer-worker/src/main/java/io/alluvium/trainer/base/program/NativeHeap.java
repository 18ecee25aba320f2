package io.alluvium.trainer.base.program;

import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The allocator under libtorch. Left alone, glibc soon takes blocks of up to 32 MB from its arenas
 * and keeps what is freed there; between a step's wide arrays a quarter of the peak was such gaps.
 * Blocks above a threshold come from the system and go back to it at once, at the price of new
 * pages each time.
 */
public final class NativeHeap {
  /** For fp32 weights: costs no measurable time there, but a seventh of a step's with bf16. */
  public static final int WIDE_BYTES = 4 << 20;

  /** For work that trades time for memory anyway. */
  public static final int LEAN_BYTES = 2 << 20;

  private static final Logger log = LoggerFactory.getLogger(NativeHeap.class);

  /** {@code M_MMAP_THRESHOLD} of glibc's malloc.h; setting it also keeps glibc from raising it. */
  private static final int THRESHOLD = -3;

  private NativeHeap() {}

  /**
   * Sets the threshold for the whole process; nothing where the C library has no such setting or
   * {@code MALLOC_MMAP_THRESHOLD_} in the environment says what is wanted.
   *
   * @param bytes of the smallest block that is given back at once
   */
  public static void giveBackFrom(int bytes) {
    if (System.getenv("MALLOC_MMAP_THRESHOLD_") != null) {
      return;
    }
    call("mallopt", THRESHOLD, bytes);
  }

  /**
   * Gives back what is free now, in whatever arena: some milliseconds, and new pages for what needs
   * them next. Nothing where the C library cannot.
   */
  public static void giveBackAll() {
    call("malloc_trim", 0L);
  }

  private static void call(String function, Object... arguments) {
    try {
      NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
    } catch (UnsatisfiedLinkError elsewhere) {
      log.debug("native memory is left as it is: {}", elsewhere.getMessage());
    }
  }
}
