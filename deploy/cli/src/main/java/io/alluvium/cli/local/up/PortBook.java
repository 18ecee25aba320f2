package io.alluvium.cli.local.up;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
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

/** Chooses metrics ports: a living process of ours keeps its own, nobody else's is taken. */
final class PortBook {
  private final Map<String, Boolean> alive = new HashMap<>();
  private final Optional<LocalStack> known;

  PortBook(DataFolder folder) {
    known = LocalSystem.explained(() -> LocalStack.attach(folder.root(), StackListener.SILENT));
    known.ifPresent(stack -> stack.status().forEach(this::note));
  }

  private void note(ProcessStatus process) {
    alive.put(process.name(), process.state() != ProcessStatus.State.GONE);
  }

  /**
   * The port that a process had last in this directory, or the customary one where it was never
   * started.
   */
  int lastOr(String name, int customary) {
    return last(name).orElse(customary);
  }

  private Optional<Integer> last(String name) {
    return LocalSystem.explained(() -> known.flatMap(stack -> stack.lastPort(name)));
  }

  MetricsPorts lastOrCustomary() {
    MetricsPorts customary = MetricsPorts.CUSTOMARY;
    return new MetricsPorts(
        lastOr(AppPlan.STREAMS, customary.streamsApp()),
        lastOr(AppPlan.SCORE, customary.score()),
        lastOr(AppPlan.TRAIN, customary.train()));
  }

  MetricsPorts lastOrFree() {
    return new MetricsPorts(
        lastOrFree(AppPlan.STREAMS), lastOrFree(AppPlan.SCORE), lastOrFree(AppPlan.TRAIN));
  }

  private int lastOrFree(String name) {
    return last(name).filter(port -> usable(name, port)).orElseGet(LocalStack::freePort);
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
    boolean ours = alive.getOrDefault(name, false) && last(name).equals(Optional.of(port));
    return ours || Ports.free(port);
  }
}
