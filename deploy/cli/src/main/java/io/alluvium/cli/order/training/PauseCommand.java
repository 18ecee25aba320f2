package io.alluvium.cli.order.training;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code alluvium pause}. */
@Command(
    name = "pause",
    description = "Suspend training of an adapter: its records wait until it is resumed.",
    footer = {
      "",
      "A round that runs is finished. Records wait in their topic, so a pause that is longer than the topic's "
          + "retention loses them. Scoring, and what is served, go on. With --adapter '*' adapters that come "
          + "later are paused too.",
      "",
      "Examples:",
      "  alluvium pause --adapter support --reason 'bad labels since noon'",
      "  alluvium pause --adapter '*' --no-wait",
      "",
      "Exit: 0 obeyed, or given with --no-wait; 1 not obeyed in time."
    })
public final class PauseCommand extends Ordering {
  /** Speaks to a terminal. */
  public PauseCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  AdapterCommand order(AdapterCommand.Builder begun, AdapterHistory history) {
    return begun.setCommand(io.alluvium.schemas.Command.PAUSE).build();
  }

  @Override
  String told(@Nullable AdapterState before, AdapterState now) {
    return now.getAdapter()
        + ": "
        + AdapterHistory.paused(now).orElse("not paused, resumed meanwhile");
  }
}
