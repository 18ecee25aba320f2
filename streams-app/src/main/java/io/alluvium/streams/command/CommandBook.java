package io.alluvium.streams.command;

import io.alluvium.schemas.AdapterCommand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All orders so far, each id once, in the order of the topic. Safe for any thread. */
public final class CommandBook {
  private final List<AdapterCommand> commands = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();

  /** Adds an order; false when its id was there. */
  public synchronized boolean take(AdapterCommand command) {
    return ids.add(command.getId()) && commands.add(command);
  }

  /** The orders after the first so many. */
  public synchronized List<AdapterCommand> after(int count) {
    return List.copyOf(commands.subList(Math.min(count, commands.size()), commands.size()));
  }
}
