package io.alluvium.cli.rederive;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.adapters.AdapterName;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.local.option.BaseOption;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.ExitCode;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.rederive.Rederivation;
import io.alluvium.trainer.rederive.UnderivableException;
import io.alluvium.trainer.worker.config.ConfigDigest;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alluvium rederive}. */
@Command(
    name = "rederive",
    description = "Make a version again from its event, and hold it against what was published.",
    footer = {
      "",
      "Reads the window's records from the log by their offsets and what it was trained from out of the store, does the "
          + "training role's round once more, and compares digests of files, and numbers where digests differ. "
          + "Publishes nothing.",
      "",
      "Bytes are equal on the same build of the CPU with the threads that the version was made with; one thread is "
          + "the trainer's default. Of a version that was refused no folder is left: its axes are compared.",
      "",
      "Examples:",
      "  alluvium rederive support@3",
      "  alluvium rederive support@3 --trainer trainer-worker.yaml --store ~/.alluvium/artifacts",
      "  alluvium rederive support@3 --threads 2 --tolerance 1e-4 --format json",
      "",
      "Exit: 0 identical or within the tolerance, 1 different, or it cannot be told and why, 2 usage."
    })
public final class RederiveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final BaseOption base = new BaseOption();
  @Mixin private final FormatOption format = new FormatOption();

  @Parameters(paramLabel = "ID@V", description = "The adapter and its version.")
  private String name = "";

  @Option(
      names = "--trainer",
      paramLabel = "FILE",
      description =
          "The trainer's YAML that the version was made with (default: that of the local stack, else the built-in settings).")
  private @Nullable Path trainer;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "Where the store is seen from here, when not where the events say.")
  private @Nullable Path store;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of one tensor operation (default: as the configuration says).")
  private @Nullable Integer threads;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "1e-5",
      description =
          "Largest absolute difference that counts as the same (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  /** Speaks to a terminal. */
  public RederiveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    AdapterName wanted = AdapterName.parse(name);
    CommandException.require(
        wanted.version() != null, "\"%s\" names no version: write ID@VERSION".formatted(name));
    CommandException.require(
        tolerance >= 0, "--tolerance is %s, must be 0 or more".formatted(tolerance));
    Cluster cluster = connection.cluster().ensureReachable();
    AdapterHistory history = AdapterHistory.read(cluster);
    AdapterVersion event = new StoreHere(store).of(history.find(wanted));
    RoundSettings settings = settings().on(cluster);
    Path scratch = Files.createTempDirectory("alluvium-rederive");
    try {
      RoundSettings apart = settings.apart(scratch);
      requireSame(event, apart.config());
      TrainerConfig config = threads == null ? apart.config() : apart.threads(threads).config();
      return print(event, compared(event, before(history, event), config, cluster));
    } finally {
      delete(scratch);
    }
  }

  private RoundSettings settings() {
    Path local = connection.folder().config().resolve("trainer-worker.yaml");
    RoundSettings given =
        trainer != null || Files.exists(local)
            ? RoundSettings.of(trainer == null ? local : trainer)
            : RoundSettings.builtIn();
    return base.isNamed() || given.base().isEmpty() ? given.base(base.folder()) : given;
  }

  private List<AdapterVersion> before(AdapterHistory history, AdapterVersion event) {
    return history.of(event.getAdapter()).stream()
        .filter(one -> one.getVersion() < event.getVersion())
        .map(new StoreHere(store)::of)
        .toList();
  }

  /** A version of other settings would differ, and nobody would know why. */
  private static void requireSame(AdapterVersion event, TrainerConfig config) throws IOException {
    String base = HfFolder.open(config.base().folder()).digest();
    if (!base.equals(event.getBase().getDigest())) {
      throw CommandException.failed(
          "the base %s has digest %s, %s@%d was made on %s with %s: name that with --base"
              .formatted(
                  config.base().folder(),
                  base,
                  event.getAdapter(),
                  event.getVersion(),
                  event.getBase().getName(),
                  event.getBase().getDigest()));
    }
    String digest = new ConfigDigest(config, base).hex();
    if (!digest.equals(event.getConfigDigest())) {
      throw CommandException.failed(
          "the configuration has digest %s, %s@%d was made with %s: name its trainer's with --trainer"
              .formatted(digest, event.getAdapter(), event.getVersion(), event.getConfigDigest()));
    }
  }

  private Comparison compared(
      AdapterVersion event, List<AdapterVersion> before, TrainerConfig config, Cluster cluster)
      throws IOException {
    try (Rederivation again = new Rederivation(config, topicNames(cluster))) {
      return Comparison.of(event, again.of(event, before), tolerance);
    } catch (UnderivableException missing) {
      throw CommandException.failed(
          "%s@%d cannot be made again: %s"
              .formatted(event.getAdapter(), event.getVersion(), missing.getMessage()),
          missing);
    }
  }

  private int print(AdapterVersion event, Comparison comparison) {
    format.print(terminal, comparison.json(event), comparison.text(event));
    return (comparison.same() ? ExitCode.OK : ExitCode.FAILED).code();
  }

  private static Set<String> topicNames(Cluster cluster) {
    try (Admin admin = cluster.admin()) {
      return admin.listTopics().names().get();
    } catch (ExecutionException refused) {
      throw CommandException.failed(
          "the topics cannot be listed (%s): check this client's permissions"
              .formatted(ClientFault.words(refused)),
          refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
