package io.alluvium.trainer.program.device;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.NativeTensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the tensor engine: offline, with a fixed number of threads, checked before first use. */
public final class EngineRuntime {
  private static final Logger log = LoggerFactory.getLogger(EngineRuntime.class);

  /** Names the lib folder of another libtorch than the one on the class path. */
  private static final String LIBTORCH = "ALLUVIUM_LIBTORCH";

  private static boolean started;
  private static Device device = Device.CPU;

  private EngineRuntime() {}

  /**
   * Starts the engine, or only sets the number of threads when it runs already.
   *
   * @param threads threads of one tensor operation, at least 1; 1 gives bit-identical results
   * @param wanted what computes; the same for the life of the process
   * @throws IllegalStateException with one line naming the cause when natives are absent or unfit
   */
  public static synchronized void start(int threads, Device wanted) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads " + threads + ", want 1 or more");
    }
    if (!started) {
      setProperties(threads, wanted);
      begin(wanted);
      device = wanted;
      started = true;
    }
    if (!device.equals(wanted)) {
      throw new IllegalStateException(
          "the tensor engine runs on " + device + " already and cannot change to " + wanted);
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
              + " OMP_WAIT_POLICY=PASSIVE and GOMP_SPINCOUNT=2000 in the environment, or use one"
              + " thread",
          threads);
    }
  }

  /** On the CPU, as {@link #start(int, Device)}. */
  public static void start(int threads) {
    start(threads, Device.CPU);
  }

  /** What computes. */
  public static synchronized Device device() {
    return device;
  }

  private static void begin(Device wanted) {
    try {
      Engine engine = Engine.getEngine("PyTorch");
      if (!wanted.isCpu()) {
        requireCuda(engine, wanted);
        NativeTensor.makeOnGpu(wanted.gpu());
      }
      SelfCheck.run();
      log.info("Tensor engine: libtorch {} on {}", engine.getVersion(), wanted);
    } catch (NoCudaException known) {
      throw known;
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

  private static void requireCuda(Engine engine, Device wanted) {
    if (engine.getGpuCount() == 0 || !JniUtils.getFeatures().contains("CUDA")) {
      throw new NoCudaException(
          "base.device is "
              + wanted
              + ", but libtorch "
              + engine.getVersion()
              + " here sees none: set "
              + LIBTORCH
              + " to the lib folder of libtorch 2.7.1+cu128 on a machine with an NVIDIA driver, or"
              + " base.device to CPU");
    }
    if (wanted.gpu() >= engine.getGpuCount()) {
      throw new NoCudaException(
          "base.device is %s, but this process sees GPUs 0 to %d only"
              .formatted(wanted, engine.getGpuCount() - 1));
    }
  }

  /** DJL otherwise asks the network for natives, newer versions and usage statistics. */
  private static void setProperties(int threads, Device wanted) {
    String libtorch = System.getenv(LIBTORCH);
    if (libtorch != null) {
      setDefault("PYTORCH_LIBRARY_PATH", libtorch);
    }
    setDefault("ai.djl.offline", "true");
    setDefault("DJL_OFFLINE", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("RUST_FLAVOR", "cpu");
    setDefault("PYTORCH_FLAVOR", !wanted.isCpu() && libtorch != null ? "cu128" : "cpu");
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
