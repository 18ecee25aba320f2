package io.alluvium.stack.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The local stack as last noted down.
 *
 * @param version of this file's form
 * @param ports by the name of their service; kept when nothing runs, so that a later start gets the
 *     same
 * @param processes in the order in which they were started
 */
public record StackState(int version, Map<String, Integer> ports, List<Entry> processes) {
  static final int VERSION = 1;

  /** Copies. */
  public StackState {
    ports = Map.copyOf(new TreeMap<>(ports));
    processes = List.copyOf(processes);
  }

  /**
   * One process.
   *
   * @param name what people call it
   * @param pid its number
   * @param start when it began, see {@link io.alluvium.stack.process.ChildProcess}
   * @param health address to ask whether it works
   * @param fingerprint of everything it was started with
   * @param stopWithinMs how long it may take to end when asked
   */
  public record Entry(
      String name, long pid, long start, String health, String fingerprint, long stopWithinMs) {}

  static StackState empty() {
    return new StackState(VERSION, Map.of(), List.of());
  }

  /**
   * The port a service had last.
   *
   * @param service its name
   */
  public Optional<Integer> port(String service) {
    return Optional.ofNullable(ports.get(service));
  }

  /**
   * The process of this name as last noted down, alive or not.
   *
   * @param name what people call it
   */
  public Optional<Entry> process(String name) {
    return processes.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /**
   * With a service's port.
   *
   * @param service its name
   * @param port its port
   */
  public StackState withPort(String service, int port) {
    Map<String, Integer> changed = new TreeMap<>(ports);
    changed.put(service, port);
    return new StackState(version, changed, processes);
  }

  /**
   * With a process in the place of the earlier one of its name.
   *
   * @param entry the process
   */
  public StackState with(Entry entry) {
    List<Entry> changed = new ArrayList<>(without(entry.name()).processes());
    changed.add(entry);
    return new StackState(version, ports, changed);
  }

  /**
   * Without a process.
   *
   * @param name what people call it
   */
  public StackState without(String name) {
    List<Entry> rest = processes.stream().filter(entry -> !entry.name().equals(name)).toList();
    return new StackState(version, ports, rest);
  }
}
