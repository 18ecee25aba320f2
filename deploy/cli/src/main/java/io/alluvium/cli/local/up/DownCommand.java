package io.alluvium.cli.local.up;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.connect.folder.DataOptions;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.StackMessages;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.stack.LocalStack;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code alluvium down}: stops everything on this machine. */
@Command(
    name = "down",
    description = "Stop everything that up started; data and logs stay.",
    footer = {
      "",
      "Examples:",
      "  alluvium down",
      "  alluvium down --data two",
      "",
      "Exit: 0 also when nothing was running."
    })
public final class DownCommand implements Runnable {
  private final Terminal terminal;

  @Mixin private final DataOptions data = new DataOptions();

  /** Speaks to a terminal. */
  public DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    DataFolder folder = data.folder();
    Optional<LocalStack> stack =
        LocalSystem.explained(() -> LocalStack.attach(folder.root(), new StackMessages(terminal)));
    if (stack.isEmpty()) {
      terminal.say("nothing was ever started in " + folder.root());
    }
    LocalSystem.explained(
        () -> {
          stack.ifPresent(LocalStack::down);
          return stack;
        });
  }
}
