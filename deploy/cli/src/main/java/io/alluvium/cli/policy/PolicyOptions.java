package io.alluvium.cli.policy;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.FormatOption;
import io.alluvium.streams.config.ConfigException;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.policy.document.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every policy command wants to know. */
final class PolicyOptions {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--adapter",
      paramLabel = "ID",
      defaultValue = PolicyBook.EVERYBODY,
      description = "Whose policy (default: *, all that have none of their own).")
  private String adapter = PolicyBook.EVERYBODY;

  @Mixin private final FormatOption format = new FormatOption();

  @Option(
      names = "--streams-config",
      paramLabel = "FILE",
      description =
          "Configuration of streams-app, which holds where a policy says nothing (default: that of the local stack, else the built-in one).")
  private @Nullable Path streamsConfig;

  String adapter() {
    return adapter;
  }

  boolean isJson() {
    return format.isJson();
  }

  Cluster cluster() {
    return connection.cluster().ensureReachable();
  }

  /**
   * The configuration below every policy.
   *
   * @throws CommandException (usage) when the file cannot be used
   */
  StreamsAppConfig config() {
    Path local = connection.folder().config().resolve("streams-app.yaml");
    try {
      if (streamsConfig != null) {
        return StreamsAppConfig.read(streamsConfig);
      }
      return Files.exists(local) ? StreamsAppConfig.read(local) : StreamsAppConfig.byDefault();
    } catch (ConfigException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /**
   * A policy document.
   *
   * @throws CommandException (usage) when it cannot be read
   */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw CommandException.usage(
          "cannot read %s (%s): name a file with a policy in YAML"
              .formatted(file, FileFault.words(unreadable)),
          unreadable);
    }
  }

  /** Confirms that a document can be a policy; the same check that streams-app makes. */
  EffectivePolicy checked(Path file, String document) {
    return explained(file.toString(), () -> config().policies().parse(file.toString(), document));
  }

  static <T> T explained(String name, Supplier<T> work) {
    try {
      return work.get();
    } catch (PolicyException wrong) {
      throw CommandException.usage("%s: %s".formatted(name, wrong.getMessage()), wrong);
    }
  }
}
