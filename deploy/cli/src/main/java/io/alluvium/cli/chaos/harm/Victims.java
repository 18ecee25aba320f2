package io.alluvium.cli.chaos.harm;

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
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * The processes of the stack, what was done to them, and what they did themselves.
 *
 * @param stack theirs
 * @param trainers their names
 * @param kills by process
 * @param log a line for each deed, and each end that nobody asked for
 */
public record Victims(
    LocalStack stack, List<String> trainers, Map<String, Integer> kills, List<String> log) {
  /** The processes of a stack, none harmed yet. */
  public Victims(LocalStack stack, List<String> trainers) {
    this(stack, List.copyOf(trainers), new TreeMap<>(), new ArrayList<>());
  }

  /** All of them. */
  public List<String> names() {
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
  public List<String> lots() {
    List<String> lots = new ArrayList<>(names());
    lots.add(AppPlan.STREAMS);
    if (trainers.size() == 1) {
      lots.add(trainers.get(0));
    }
    return lots;
  }

  /** Kills what lives and counts it. Returns whether it lived. */
  boolean kill(String name, Recoveries recoveries) {
    return strike(aim(List.of(name)), recoveries);
  }

  /** Does something while no application does anything. */
  boolean whileAllStand(BooleanSupplier deed) {
    List<ChildProcess> clients = aim(applications());
    clients.forEach(ChildProcess::pause);
    try {
      return deed.getAsBoolean();
    } finally {
      clients.forEach(ChildProcess::resume);
    }
  }

  /** Those of them that live; for a kill that must not lose a millisecond. */
  List<ChildProcess> aim(List<String> names) {
    return names.stream().flatMap(name -> stack.living(name).stream()).toList();
  }

  /** Kills at once and counts. Returns whether one of them lived. */
  boolean strike(List<ChildProcess> aimed, Recoveries recoveries) {
    List<ChildProcess> living = aimed.stream().filter(ChildProcess::alive).toList();
    Instant at = Instant.now();
    living.forEach(
        child -> ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly));
    for (ChildProcess child : living) {
      child.kill();
      recoveries.killed(child.name(), at, child.pid());
      synchronized (kills) {
        kills.merge(child.name(), 1, Integer::sum);
      }
    }
    return !living.isEmpty();
  }

  /** Starts by hand what the supervisor leaves alone; a line for each. */
  public void mend() {
    for (ProcessStatus process : stack.status()) {
      if (process.restarts().givenUp() && process.state() == ProcessStatus.State.GONE) {
        note(process.name() + " was left by the supervisor: " + process.restarts().lastEnd());
        try {
          stack.revive(process.name());
        } catch (StackException again) {
          note(process.name() + " does not start: " + again.getMessage());
        }
      }
    }
  }

  /** Remembers a line for the report. */
  public void note(String line) {
    synchronized (log) {
      log.add(line);
    }
  }

  /** What was remembered, in order. */
  public List<String> notes() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }
}
