package io.alluvium.cli.local;

import io.alluvium.cli.connect.DataFolder;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.service.Ports;
import io.alluvium.stack.supervise.StackListener;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses metrics ports: a living process of ours keeps its own, nobody else's is taken. */
final class PortBook {
  private final Map<String, Integer> last = new HashMap<>();
  private final Map<String, Boolean> alive = new HashMap<>();

  PortBook(DataFolder folder) {
    Optional<LocalStack> known =
        LocalSystem.explained(() -> LocalStack.attach(folder.root(), StackListener.SILENT));
    known.ifPresent(stack -> stack.status().forEach(this::note));
  }

  private void note(ProcessStatus process) {
    last.put(process.name(), process.health().getPort());
    alive.put(process.name(), process.state() != ProcessStatus.State.GONE);
  }

  MetricsPorts lastOrFree() {
    return new MetricsPorts(
        lastOrFree(AppPlan.STREAMS), lastOrFree(AppPlan.SCORE), lastOrFree(AppPlan.TRAIN));
  }

  private int lastOrFree(String name) {
    OptionalInt known =
        last.containsKey(name) ? OptionalInt.of(last.get(name)) : OptionalInt.empty();
    boolean usable = known.isPresent() && usable(name, known.getAsInt());
    return usable ? known.getAsInt() : LocalStack.freePort();
  }

  MetricsPorts checked(MetricsPorts wanted) {
    check(AppPlan.STREAMS, wanted.streamsApp());
    check(AppPlan.SCORE, wanted.score());
    check(AppPlan.TRAIN, wanted.train());
    return wanted;
  }

  private void check(String name, int port) {
    if (!usable(name, port)) {
      throw CommandException.usage(
          "metrics port %d of %s is in use by another program: stop that program or choose others with --metrics-port (0: any free ones)"
              .formatted(port, name));
    }
  }

  private boolean usable(String name, int port) {
    boolean ours = alive.getOrDefault(name, false) && last.getOrDefault(name, 0) == port;
    return ours || Ports.free(port);
  }
}
