package io.alluvium.cli.produce.fate;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether, how far and how long records are followed. */
public final class WaitOptions {
  private static final Duration TO_ACCEPTANCE = Duration.ofMinutes(2);
  private static final Duration TO_TRAINING = Duration.ofMinutes(30);

  @Option(names = "--wait", description = "Wait until each record is accepted or refused.")
  private boolean wait;

  @Option(
      names = "--trained",
      description = "Wait until each record is refused or in the window of a round that has ended.")
  private boolean trained;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "Longest wait (default: PT2M, with --trained PT30M).")
  private @Nullable Duration timeout;

  /**
   * Checks them.
   *
   * @throws CommandException (usage) when they contradict each other
   */
  public void check() {
    if (timeout != null && !wait && !trained) {
      throw CommandException.usage("--timeout without --wait: add --wait or --trained");
    }
  }

  /**
   * Begins to look at the topics behind; to be called before anything is sent.
   *
   * @return empty when nobody waits
   */
  public Optional<Following> begin(Cluster cluster, Terminal terminal) {
    if (!wait && !trained) {
      return Optional.empty();
    }
    return Optional.of(
        trained
            ? Following.toTraining(cluster, terminal, limit(TO_TRAINING))
            : Following.toAcceptance(cluster, terminal, limit(TO_ACCEPTANCE)));
  }

  private Duration limit(Duration usual) {
    return timeout == null ? usual : timeout;
  }
}
