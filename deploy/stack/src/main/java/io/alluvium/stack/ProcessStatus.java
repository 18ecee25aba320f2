package io.alluvium.stack;

import io.alluvium.stack.health.HealthCheck;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.state.Restarts;
import io.alluvium.stack.state.StackState;
import java.net.URI;
import java.nio.file.Path;

/**
 * One process of the local stack at one moment.
 *
 * @param name what people call it
 * @param pid its number, which may be a stranger's when it is gone
 * @param state what it does
 * @param health where it was asked
 * @param log what it wrote
 * @param restarts what the supervisor did about it, if there is one
 */
public record ProcessStatus(
    String name, long pid, State state, URI health, Path log, Restarts restarts) {
  /** What a process does. */
  public enum State {
    /** It lives and answers. */
    RUNNING,
    /** It lives and does not answer, or answers that it is not ready. */
    NOT_READY,
    /** It was started and is gone, though nobody stopped it. */
    GONE
  }

  static ProcessStatus of(StackState.Entry entry, Path log, Restarts restarts) {
    URI health = URI.create(entry.health());
    return new ProcessStatus(entry.name(), entry.pid(), look(entry, health), health, log, restarts);
  }

  private static State look(StackState.Entry entry, URI health) {
    if (!new ChildProcess(entry.name(), entry.pid(), entry.start()).alive()) {
      return State.GONE;
    }
    try (HealthCheck check = HealthCheck.of(health)) {
      return check.healthy() ? State.RUNNING : State.NOT_READY;
    }
  }
}
