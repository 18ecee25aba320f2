package io.alluvium.cli.verify;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.Artifact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium verify}: is anything lost, doubled, or not what an event says? */
@Command(
    name = "verify",
    description = "Read all topics and count what must be zero: lost, double, gaps and so on.",
    footer = {
      "",
      "Reads as any consumer can (read_committed, no group), moves no offsets, and may run beside the system. "
          + "What retention removed cannot be checked, and is named. Each breach is one line on standard error.",
      "",
      "Examples:",
      "  alluvium verify",
      "  alluvium verify --store ~/.alluvium/artifacts",
      "  alluvium verify --adapter support --format json",
      "  alluvium verify --bootstrap-server kafka:9092 --registry http://registry:8081",
      "",
      "Exit: 0 all are zero, 1 something is not, 2 usage, 3 no broker or registry answers."
    })
public final class VerifyCommand implements Callable<Integer> {
  private static final String GROUP = "alluvium-train";

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = "--adapter",
      paramLabel = "ID",
      description = "Report on the events, records and folders of one adapter.")
  private @Nullable String adapter;

  @Option(
      names = "--store",
      paramLabel = "FOLDER",
      description = "Also check files of adapters, below this folder, by size and SHA-256.")
  private @Nullable Path store;

  @Option(
      names = "--group",
      paramLabel = "GROUP",
      description = "The trainer's consumer group (default: PREFIXalluvium-train).")
  private @Nullable String group;

  /** Speaks to a terminal. */
  public VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Cluster cluster = connection.cluster().ensureReachable();
    String trainers = group == null ? cluster.topics().prefix() + GROUP : group;
    Audit audit = new Audit(new Log(cluster), new Audit.Scope(trainers, adapter)).run();
    ensureKnown(audit);
    Report report = new Report(audit, checkFolders(audit), Instant.now());
    print(report);
    audit.findings().lines().forEach(terminal::say);
    return (audit.findings().clean() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private void ensureKnown(Audit audit) {
    if (adapter != null && audit.chains().isEmpty()) {
      throw CommandException.failed(
          "no adapter \"%s\" has a version or a record: `alluvium adapters list` shows those that have"
              .formatted(adapter));
    }
  }

  private int checkFolders(Audit audit) {
    if (store == null) {
      return -1;
    }
    if (!Files.isDirectory(store)) {
      throw CommandException.usage(
          "no folder %s: check the path given with --store".formatted(store));
    }
    Folders folders = new Folders(store, audit.findings());
    int looked = 0;
    for (var chain : audit.chains().entrySet()) {
      for (Map.Entry<Long, Artifact> version : chain.getValue().folders().entrySet()) {
        folders.check(chain.getKey() + " version " + version.getKey(), version.getValue());
        looked++;
      }
    }
    return looked;
  }

  private void print(Report report) {
    if (format.isJson()) {
      terminal.print(report.json());
    } else {
      report.text().forEach(terminal::print);
    }
  }
}
