package io.alluvium.stack.supervise;

import io.alluvium.stack.launch.JavaProgram;
import io.alluvium.stack.process.SetupException;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A program that is kept running.
 *
 * @param name what people call it; small letters, digits and hyphens
 * @param program what to start
 * @param health where to ask whether it works, see {@link io.alluvium.stack.health.HealthCheck#of}
 * @param readyWithin how long it may take to answer there
 * @param stopWithin how long it may take to end when asked
 */
public record Service(
    String name, JavaProgram program, URI health, Duration readyWithin, Duration stopWithin) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /** Checks the name, which becomes a folder. */
  public Service {
    if (!NAME.matcher(name).matches() || name.equals("logs")) {
      throw new SetupException(
          "service name \"" + name + "\" is refused; use small letters, digits and hyphens");
    }
  }
}
