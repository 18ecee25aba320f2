package io.alluvium.cli.connect;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.folder.DataOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a command finds its cluster. */
public final class ConnectionOptions {
  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers, when not those of the local stack.")
  private @Nullable String bootstrap;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Schema registry, when not that of the local stack.")
  private @Nullable String registry;

  @Option(
      names = "--topic-prefix",
      paramLabel = "PREFIX",
      description = "What stands before every topic name.")
  private @Nullable String topicPrefix;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "client.properties passed through to the Kafka clients and the registry client.")
  private @Nullable Path config;

  /** The data directory. */
  public DataFolder folder() {
    return data.folder();
  }

  /** Whether the cluster is that of the local stack. */
  public boolean isLocal() {
    return bootstrap == null && config == null;
  }

  /** The cluster that the options name, or that of the local stack. Nothing is contacted yet. */
  public Cluster cluster() {
    return new Cluster(settings());
  }

  private ClientSettings settings() {
    ClientSettings settings = given(base(), ClientSettings.BOOTSTRAP, bootstrap);
    settings = given(settings, ClientSettings.REGISTRY, registry);
    return given(settings, ClientSettings.TOPIC_PREFIX, topicPrefix);
  }

  private ClientSettings base() {
    Path local = folder().clientProperties();
    if (config != null) {
      return ClientSettings.read(config);
    }
    return Files.exists(local) ? ClientSettings.read(local) : new ClientSettings(Map.of());
  }

  private static ClientSettings given(ClientSettings settings, String key, @Nullable String value) {
    return value == null ? settings : settings.with(key, value);
  }
}
