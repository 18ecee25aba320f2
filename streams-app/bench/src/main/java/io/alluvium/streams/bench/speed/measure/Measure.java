package io.alluvium.streams.bench.speed.measure;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How fast, and how large at the end.
 *
 * @param perSecond records per second
 * @param perCpuSecond records per second of processor time of this process
 * @param compilerShare share of the time by the clock that the compilers were at work
 * @param heapBytes live objects: heap in use after a collection
 * @param residentBytes of the whole process; 0 where the system does not say
 * @param openFiles of the whole process; 0 where the system does not say
 */
public record Measure(
    double perSecond,
    double perCpuSecond,
    double compilerShare,
    long heapBytes,
    long residentBytes,
    long openFiles) {
  private static final double NANOS = 1e9;
  private static final double NANOS_PER_MS = 1e6;
  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int KILO = 1024;

  /**
   * Three clocks.
   *
   * @param wallNs of any origin
   * @param cpuNs of this process
   * @param compiledMs by the clock, of its compilers
   */
  public record Clocks(long wallNs, long cpuNs, long compiledMs) {
    /** As they stand at this moment. */
    public static Clocks now() {
      return new Clocks(
          System.nanoTime(),
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
          ManagementFactory.getCompilationMXBean().getTotalCompilationTime());
    }
  }

  /**
   * The figures of a stretch of time.
   *
   * @param began its first moment
   * @param ended its last
   * @param records that were acknowledged in it
   */
  public static Measure between(Clocks began, Clocks ended, long records) {
    // What is resident is read before the collection, which would only make it look smaller.
    long resident = residentBytesNow();
    System.gc();
    return new Measure(
        records * NANOS / (ended.wallNs - began.wallNs),
        records * NANOS / (ended.cpuNs - began.cpuNs),
        (ended.compiledMs - began.compiledMs) * NANOS_PER_MS / (ended.wallNs - began.wallNs),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        resident,
        openFilesNow());
  }

  /** For a person, in one line. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%.0f records/s, %.0f per core, compilers %.0f %%, %.0f MB of heap live, %.0f MB resident, %d open files",
        perSecond,
        perCpuSecond,
        PERCENT * compilerShare,
        heapBytes / MEGA,
        residentBytes / MEGA,
        openFiles);
  }

  private static long openFilesNow() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static long residentBytesNow() {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> KILO * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
