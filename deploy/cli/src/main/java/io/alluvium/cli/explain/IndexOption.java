package io.alluvium.cli.explain;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.explain.follow.Follower;
import io.alluvium.cli.explain.index.ExplainIndex;
import io.alluvium.cli.explain.table.Table;
import io.alluvium.cli.fault.ClientFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the index of a cluster is kept. */
public final class IndexOption {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CACHE = "XDG_CACHE_HOME";

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description =
          "Folder of the index (default: one for this cluster and prefix under your cache directory).")
  private @Nullable Path folder;

  /** The index with everything in it that was committed up to now. */
  public ExplainIndex open(Cluster cluster, Terminal terminal) {
    Path where = folder == null ? usual(cluster) : folder;
    ExplainIndex index = opened(where, cluster.topics().versions().name());
    boolean whole = false;
    try {
      new Follower(cluster, index, terminal).catchUp();
      whole = true;
      return index;
    } finally {
      if (!whole) {
        index.close();
      }
    }
  }

  /** Another command has it for seconds. */
  private static ExplainIndex opened(Path where, String versions) {
    return Failsafe.with(
            RetryPolicy.<ExplainIndex>builder()
                .handleIf(Table::isInUse)
                .withMaxRetries(-1)
                .withDelay(PAUSE)
                .withMaxDuration(PATIENCE)
                .build())
        .get(() -> ExplainIndex.open(where, versions));
  }

  /** Ids of clusters hold letters, digits, '-' and '_' only, prefixes '.' besides. */
  private static Path usual(Cluster cluster) {
    String cache = System.getenv().getOrDefault(CACHE, "");
    Path root =
        cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    String name = id(cluster) + "." + cluster.topics().prefix();
    return root.resolve("alluvium").resolve("explain").resolve(name);
  }

  private static String id(Cluster cluster) {
    try (Admin admin = cluster.admin()) {
      return admin.describeCluster().clusterId().get();
    } catch (ExecutionException refused) {
      throw CommandException.failed(
          "the cluster does not tell its id (%s): name a folder with --index"
              .formatted(ClientFault.words(refused)),
          refused);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted", interrupted);
    }
  }
}
