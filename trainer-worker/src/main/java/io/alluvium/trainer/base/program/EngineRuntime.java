package io.alluvium.trainer.base.program;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the tensor engine: offline, with a fixed number of threads, checked before first use. */
public final class EngineRuntime {
  private static final Logger log = LoggerFactory.getLogger(EngineRuntime.class);

  private static boolean started;

  private EngineRuntime() {}

  /**
   * Starts the engine, or only sets the number of threads when it runs already.
   *
   * @param threads threads of one tensor operation, at least 1; 1 gives bit-identical results
   * @throws IllegalStateException with one line naming the cause when natives are absent or unfit
   */
  public static synchronized void start(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + ", want 1 or more");
    }
    if (!started) {
      setProperties(threads);
      begin();
      started = true;
    }
    warnOfSpinning(threads);
    JniUtils.setNumThreads(threads);
  }

  /**
   * Measured: two threads beside other work took 10 s for a step of 0.3 s, idle threads spinning.
   */
  private static void warnOfSpinning(int threads) {
    if (threads > 1 && !"PASSIVE".equalsIgnoreCase(System.getenv("OMP_WAIT_POLICY"))) {
      log.warn(
          "{} tensor threads spin while they wait and starve the machine's other work; set"
              + " OMP_WAIT_POLICY=PASSIVE in the environment, or use one thread",
          threads);
    }
  }

  private static void begin() {
    try {
      Engine engine = Engine.getEngine("PyTorch");
      SelfCheck.run();
      log.info("Tensor engine: libtorch {} on CPU", engine.getVersion());
    } catch (RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "tensor engine cannot start on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ": "
              + firstLine(e)
              + "; libtorch natives for this platform must be on the class path and the folder "
              + "named by ENGINE_CACHE_DIR (default: the home folder) writable",
          e);
    }
  }

  /** DJL otherwise asks the network for natives, newer versions and usage statistics. */
  private static void setProperties(int threads) {
    setDefault("ai.djl.offline", "true");
    setDefault("DJL_OFFLINE", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("RUST_FLAVOR", "cpu");
    setDefault("PYTORCH_FLAVOR", "cpu");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    setDefault("ai.djl.pytorch.num_threads", Integer.toString(threads));
  }

  private static void setDefault(String key, String value) {
    if (System.getProperty(key) == null && System.getenv(key) == null) {
      System.setProperty(key, value);
    }
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
