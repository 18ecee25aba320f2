package io.alluvium.cli.local;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.state.Restarts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What runs where, in words. */
public final class Overview {
  private Overview() {}

  /** One line per process, then the addresses. */
  public static List<String> of(LocalStack stack, DataFolder folder) {
    List<String> lines = new ArrayList<>();
    stack.status().forEach(process -> lines.add(line(process)));
    lines.add("Kafka       " + stack.bootstrapServers());
    lines.add("registry    " + stack.registryUrl());
    lines.add("artifacts   " + folder.artifacts());
    lines.add("clients     " + folder.clientProperties());
    return lines;
  }

  /** A process that should be there and was never started, or was stopped by hand. */
  public static String missing(String name) {
    return String.format(Locale.ROOT, "%-14s missing   `alluvium up` starts it", name);
  }

  /** One process: what it does, where it was asked, where its log is. */
  public static String line(ProcessStatus process) {
    return String.format(
            Locale.ROOT,
            "%-14s %-9s pid %-8d %s  log %s",
            process.name(),
            process.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            process.pid(),
            process.health(),
            process.log())
        + restarts(process.restarts());
  }

  private static String restarts(Restarts restarts) {
    if (restarts.givenUp()) {
      return "  restarts %d, %s".formatted(restarts.count(), restarts.lastEnd());
    }
    return restarts.lastEnd().isEmpty()
        ? ""
        : "  restarts %d, last end: %s".formatted(restarts.count(), restarts.lastEnd());
  }
}
