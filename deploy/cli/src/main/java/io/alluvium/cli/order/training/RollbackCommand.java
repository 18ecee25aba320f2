package io.alluvium.cli.order.training;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.streams.hold.Erasure;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code alluvium rollback}. */
@Command(
    name = "rollback",
    description =
        "Go back to an earlier released version: it is served, and training goes on from it.",
    footer = {
      "",
      "A round of the adapter that runs is given up, its records wait again. The version becomes current under "
          + "its own number; the event that says so has a number of its own, and outcome ROLLED_BACK. With "
          + "--records quarantine what was trained on after the version is used no more, neither to judge by nor "
          + "as replays; with keep it is. Records that wait are trained on: pause first where these are bad too.",
      "",
      "Examples:",
      "  alluvium rollback --adapter support --to 11",
      "  alluvium rollback --adapter support --to 11 --reason 'bad labels since noon'",
      "  alluvium rollback --adapter support --to 11 --records keep --timeout PT1M",
      "",
      "Exit: 0 obeyed, or given with --no-wait; 1 refused, or not obeyed in time."
    })
public final class RollbackCommand extends Ordering {
  /** What becomes of records after the version, as written on the command line and in the order. */
  enum Records {
    /** They are out of use. */
    quarantine,
    /** They stay in use. */
    keep
  }

  @Option(
      names = "--to",
      required = true,
      paramLabel = "VERSION",
      description = "The released version to go back to.")
  private long version;

  @Option(
      names = "--records",
      paramLabel = "quarantine|keep",
      defaultValue = "quarantine",
      description = "What becomes of records after it: quarantine (default) or keep.")
  private Records records = Records.quarantine;

  /** Speaks to a terminal. */
  public RollbackCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  AdapterCommand order(AdapterCommand.Builder begun, AdapterHistory history) {
    String adapter = begun.getAdapter();
    CommandException.require(
        !adapter.equals(Erasure.EVERYBODY),
        "--adapter * has no versions of its own: name the adapter");
    history.of(adapter);
    return begun
        .setCommand(io.alluvium.schemas.Command.ROLLBACK)
        .setVersion(version)
        .setArgument(records.name())
        .build();
  }

  @Override
  String told(@Nullable AdapterState before, AdapterState now) {
    int known = before == null ? 0 : before.getQuarantined().size();
    List<OffsetRange> all = now.getQuarantined();
    String ranges =
        all.subList(Math.min(known, all.size()), all.size()).stream()
            .filter(range -> !range.getTopic().endsWith("examples.accepted"))
            .map(RollbackCommand::range)
            .collect(Collectors.joining(", "));
    return "%s: version %d is version %d again; %s"
        .formatted(
            now.getAdapter(),
            now.getLastVersion(),
            now.getCurrentVersion(),
            ranges.isEmpty()
                ? "no records are quarantined"
                : "records %s are quarantined".formatted(ranges));
  }

  private static String range(OffsetRange range) {
    return "%s-%d [%d, %d)"
        .formatted(
            range.getTopic(), range.getPartition(), range.getFirstOffset(), range.getNextOffset());
  }
}
