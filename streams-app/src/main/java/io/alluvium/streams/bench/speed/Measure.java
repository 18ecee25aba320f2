package io.alluvium.streams.bench.speed;

import com.sun.management.OperatingSystemMXBean;
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
 * @param heapBytes live objects: heap in use after a collection
 * @param residentBytes of the whole process; 0 where the system does not say
 */
record Measure(double perSecond, double perCpuSecond, long heapBytes, long residentBytes) {
  private static final double NANOS = 1e9;
  private static final double MEGA = 1e6;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final int KILO = 1024;

  /**
   * Two clocks.
   *
   * @param wallNs of any origin
   * @param cpuNs of this process
   */
  record Clocks(long wallNs, long cpuNs) {
    static Clocks now() {
      return new Clocks(
          System.nanoTime(),
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    }
  }

  static Measure since(Clocks began, long records) {
    Clocks now = Clocks.now();
    // What is resident is read before the collection, which would only make it look smaller.
    long resident = residentBytesNow();
    System.gc();
    return new Measure(
        records * NANOS / (now.wallNs - began.wallNs),
        records * NANOS / (now.cpuNs - began.cpuNs),
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        resident);
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%.0f records/s, %.0f per core, %.0f MB of heap live, %.0f MB resident",
        perSecond,
        perCpuSecond,
        heapBytes / MEGA,
        residentBytes / MEGA);
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
