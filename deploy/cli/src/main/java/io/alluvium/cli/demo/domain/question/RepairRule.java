package io.alluvium.cli.demo.domain.question;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Which action each error number asks for.
 *
 * @param actions action by error number, counted from 1
 */
public record RepairRule(List<String> actions) {
  private static final List<String> ACTIONS =
      List.of(
          "reset", "clean", "refill", "unplug", "rotate", "charge", "tighten", "cool", "replace");

  /** Error numbers; one action is left over for the change. */
  public static final int ERRORS = ACTIONS.size() - 1;

  /** Copies. */
  public RepairRule {
    actions = List.copyOf(actions);
  }

  /** An order of the actions. */
  public static RepairRule drawn(RandomGenerator random) {
    List<String> actions = new ArrayList<>(ACTIONS);
    Collections.shuffle(actions, new Random(random.nextLong()));
    return new RepairRule(actions);
  }

  /**
   * What helps against an error.
   *
   * @param error from 1 on
   */
  public String action(int error) {
    return actions.get(error - 1);
  }

  /** The same rule but for one error number, which now asks for the action left over. */
  public RepairRule changedFor(int error) {
    List<String> changed = new ArrayList<>(actions);
    Collections.swap(changed, error - 1, ERRORS);
    return new RepairRule(changed);
  }
}
