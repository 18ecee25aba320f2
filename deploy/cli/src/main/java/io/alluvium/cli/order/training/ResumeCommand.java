package io.alluvium.cli.order.training;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code alluvium resume}. */
@Command(
    name = "resume",
    description = "Let training of a paused adapter go on.",
    footer = {
      "",
      "What waited is trained on, oldest first.",
      "",
      "Examples:",
      "  alluvium resume --adapter support",
      "  alluvium resume --adapter '*'",
      "",
      "Exit: 0 obeyed, or given with --no-wait; 1 not obeyed in time."
    })
public final class ResumeCommand extends Ordering {
  /** Speaks to a terminal. */
  public ResumeCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  AdapterCommand order(AdapterCommand.Builder begun, AdapterHistory history) {
    return begun.setCommand(io.alluvium.schemas.Command.RESUME).build();
  }

  @Override
  String told(@Nullable AdapterState before, AdapterState now) {
    return now.getAdapter() + ": " + AdapterHistory.paused(now).orElse("training goes on");
  }
}
