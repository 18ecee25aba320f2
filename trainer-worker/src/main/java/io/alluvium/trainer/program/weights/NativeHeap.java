package io.alluvium.trainer.program.weights;

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
  private static final Logger log = LoggerFactory.getLogger(NativeHeap.class);

  /** {@code M_MMAP_THRESHOLD} of glibc's malloc.h; setting it also keeps glibc from raising it. */
  private static final int THRESHOLD = -3;

  private static final int WIDE_BYTES = 4 << 20;

  private NativeHeap() {}

  /**
   * Lets blocks of 4 MB and more go back at once, in the whole process: no measurable time with
   * fp32 weights, a seventh of a step's with bf16. Nothing where the C library has no such setting
   * or {@code MALLOC_MMAP_THRESHOLD_} in the environment says what is wanted.
   */
  public static void giveBackWide() {
    if (System.getenv("MALLOC_MMAP_THRESHOLD_") != null) {
      return;
    }
    try {
      NativeLibrary.getProcess()
          .getFunction("mallopt")
          .invokeInt(new Object[] {THRESHOLD, WIDE_BYTES});
    } catch (UnsatisfiedLinkError elsewhere) {
      log.debug("native memory is left as it is: {}", elsewhere.getMessage());
    }
  }
}
