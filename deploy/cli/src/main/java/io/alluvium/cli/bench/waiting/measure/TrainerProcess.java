package io.alluvium.cli.bench.waiting.measure;

import io.alluvium.stack.process.Pause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A running training process, looked at from outside.
 *
 * @param pid its number
 * @param metrics where it shows them
 */
public record TrainerProcess(long pid, URI metrics) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final HttpClient CLIENT = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");
  private static final long KIBIBYTE = 1024;

  /** What it says now; nothing when it does not answer. */
  public Gauges gauges() {
    try {
      HttpRequest request = HttpRequest.newBuilder(metrics).timeout(PATIENCE).build();
      return Gauges.parse(CLIENT.send(request, BodyHandlers.ofString()).body());
    } catch (IOException silent) {
      return Gauges.NONE;
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  /** Bytes of heap in use, garbage included. */
  public long heap() {
    return gauges().sum("jvm_memory_used_bytes", "area=\"heap\"");
  }

  /** Bytes of heap in use after a full collection; empty where this Java has no jcmd. */
  public OptionalLong heapAfterCollection() {
    return Files.isExecutable(JCMD) && collected() ? OptionalLong.of(heap()) : OptionalLong.empty();
  }

  private boolean collected() {
    try {
      return new ProcessBuilder(JCMD.toString(), Long.toString(pid), "GC.run")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException cannotRun) {
      return false;
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  /** Whether it runs. */
  public boolean alive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Resident bytes; 0 where the system does not tell. */
  public long resident() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.toUpperCase(Locale.ROOT).startsWith("VMRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  /**
   * Share of one core that it computes.
   *
   * @param time how long to look
   */
  public double busy(Duration time) {
    long beginNs = System.nanoTime();
    Duration before = computed();
    Pause.of(time);
    return (double) computed().minus(before).toNanos() / (System.nanoTime() - beginNs);
  }

  private Duration computed() {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
