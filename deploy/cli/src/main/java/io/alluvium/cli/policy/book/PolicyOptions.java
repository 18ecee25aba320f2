package io.alluvium.cli.policy.book;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.connect.folder.StreamsConfigOption;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.policy.PolicyBook;
import io.alluvium.streams.policy.document.EffectivePolicy;
import io.alluvium.streams.policy.document.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every policy command wants to know. */
public final class PolicyOptions {
  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--adapter",
      paramLabel = "ID",
      defaultValue = PolicyBook.EVERYBODY,
      description = "Whose policy (default: *, all that have none of their own).")
  private String adapter = PolicyBook.EVERYBODY;

  /** Whose policy; {@link PolicyBook#EVERYBODY} for all. */
  @Mixin private final FormatOption format = new FormatOption();

  @Mixin private final StreamsConfigOption streamsConfig = new StreamsConfigOption();

  public String adapter() {
    return adapter;
  }

  /** Whether a program reads the result. */
  public boolean isJson() {
    return format.isJson();
  }

  /** The cluster, once a broker has answered. */
  public Cluster cluster() {
    return connection.cluster().ensureReachable();
  }

  /**
   * The configuration below every policy.
   *
   * @throws CommandException (usage) when the file cannot be used
   */
  public StreamsAppConfig config() {
    return streamsConfig.read(connection.folder());
  }

  /**
   * A policy document.
   *
   * @throws CommandException (usage) when it cannot be read
   */
  public static String read(Path file) {
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
  public EffectivePolicy checked(Path file, String document) {
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
