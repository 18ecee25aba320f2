package io.alluvium.cli.chaos;

import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.StackException;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.RegistryService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The processes of the stack, what was done to them, and what they did themselves.
 *
 * @param stack theirs
 * @param trainers their names
 * @param kills by process
 * @param log a line for each deed, and each end that nobody asked for
 */
record Victims(
    LocalStack stack, List<String> trainers, Map<String, Integer> kills, List<String> log) {
  Victims(LocalStack stack, List<String> trainers) {
    this(stack, List.copyOf(trainers), new TreeMap<>(), new ArrayList<>());
  }

  /** All of them. */
  List<String> names() {
    List<String> names = new ArrayList<>(applications());
    names.add(BrokerService.NAME);
    names.add(RegistryService.NAME);
    return names;
  }

  private List<String> applications() {
    List<String> names = new ArrayList<>(List.of(AppPlan.STREAMS, AppPlan.SCORE));
    names.addAll(trainers);
    return names;
  }

  /**
   * Whom a random kill befalls, as often as its share: streams-app, whose restores are to be cut
   * short, twice, and all trainers together twice.
   */
  List<String> lots() {
    List<String> lots = new ArrayList<>(names());
    lots.add(AppPlan.STREAMS);
    if (trainers.size() == 1) {
      lots.add(trainers.get(0));
    }
    return lots;
  }

  /** Kills what lives; notes and counts it. Returns whether it lived. */
  boolean kill(String name, Recoveries recoveries) {
    Optional<ChildProcess> living = stack.living(name);
    living.ifPresent(
        child -> {
          Instant at = Instant.now();
          child.kill();
          recoveries.killed(name, at, child.pid());
          synchronized (kills) {
            kills.merge(name, 1, Integer::sum);
          }
        });
    return living.isPresent();
  }

  /** Starts by hand what the supervisor leaves alone; a line for each. */
  void mend() {
    for (ProcessStatus process : stack.status()) {
      if (process.restarts().givenUp() && process.state() == ProcessStatus.State.GONE) {
        note(process.name() + " was left by the supervisor: " + process.restarts().lastEnd());
        try {
          stack.restart(process.name());
        } catch (StackException again) {
          note(process.name() + " does not start: " + again.getMessage());
        }
      }
    }
  }

  void note(String line) {
    synchronized (log) {
      log.add(line);
    }
  }

  List<String> notes() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }
}
