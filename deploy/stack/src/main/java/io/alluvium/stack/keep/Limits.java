package io.alluvium.stack.keep;

import java.time.Duration;
import java.util.List;

/**
 * How patiently a process that dies is started again.
 *
 * @param first wait before the first restart; each further one is twice as long
 * @param longest wait
 * @param restarts so many within {@code within}, then it is given up, unless it ends because
 *     something that it depends on does not answer (exit code 3)
 * @param within see there; a process that lived so long begins anew
 */
public record Limits(Duration first, Duration longest, int restarts, Duration within) {
  /** One second, then two, four and so on up to a minute; eight within ten minutes. */
  public static final Limits DEFAULT =
      new Limits(Duration.ofSeconds(1), Duration.ofMinutes(1), 8, Duration.ofMinutes(10));

  /** As arguments of a program. */
  List<String> arguments() {
    return List.of(
        first.toString(), longest.toString(), Integer.toString(restarts), within.toString());
  }

  static Limits of(List<String> arguments) {
    return new Limits(
        Duration.parse(arguments.get(0)),
        Duration.parse(arguments.get(1)),
        Integer.parseInt(arguments.get(2)),
        Duration.parse(arguments.get(3)));
  }
}
