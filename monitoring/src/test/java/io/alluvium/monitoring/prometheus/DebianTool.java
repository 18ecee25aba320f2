package io.alluvium.monitoring.prometheus;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A program of the Debian package {@code prometheus}, which a machine may lack. */
enum DebianTool {
  /** The server. */
  PROMETHEUS("prometheus"),
  /** Its checker. */
  PROMTOOL("promtool");

  private static final String NO_SKIP = "ALLUVIUM_NO_SKIP";

  private final String program;

  DebianTool(String program) {
    this.program = program;
  }

  /** Where it is; where it is not the calling test is skipped, or fails when nothing may skip. */
  Path require() {
    Optional<Path> found = find();
    if (found.isEmpty() && "1".equals(System.getenv(NO_SKIP))) {
      return Assertions.fail(missing() + " (" + NO_SKIP + "=1 allows no skip)");
    }
    if (found.isEmpty()) {
      System.out.println("SKIPPED: " + missing());
    }
    Assumptions.assumeTrue(found.isPresent(), missing());
    return found.orElseThrow();
  }

  private String missing() {
    return program + " is not on the PATH; install the Debian package prometheus";
  }

  private Optional<Path> find() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
