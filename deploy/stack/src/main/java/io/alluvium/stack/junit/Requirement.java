package io.alluvium.stack.junit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.opentest4j.AssertionFailedError;

/**
 * What a test needs of the machine.
 *
 * <p>Where it is missing the test is skipped with a line that says so; with {@code
 * ALLUVIUM_NO_SKIP=1} in the environment it fails instead. Missing hardware, and what Debian does
 * not offer, is skipped in either case.
 */
public final class Requirement {
  private static final String NO_SKIP = "ALLUVIUM_NO_SKIP";

  private Requirement() {}

  /**
   * Needs something that can be installed or fetched.
   *
   * @param met whether it is there
   * @param line what is missing and how to get it
   */
  public static void require(boolean met, String line) {
    require(met, line, System.getenv());
  }

  static void require(boolean met, String line, Map<String, String> environment) {
    if (!met && "1".equals(environment.get(NO_SKIP))) {
      throw new AssertionFailedError(line + " (" + NO_SKIP + "=1 allows no skip for this)");
    }
    Assumptions.assumeTrue(met, line);
  }

  /**
   * Needs hardware.
   *
   * @param met whether it is there
   * @param line what is missing
   */
  public static void hardware(boolean met, String line) {
    Assumptions.assumeTrue(met, "hardware: " + line);
  }

  /**
   * Needs something that the machine's package manager does not offer, so that nobody can be asked
   * to install it for a test.
   *
   * @param met whether it is there
   * @param line what is missing
   */
  public static void notInDebian(boolean met, String line) {
    Assumptions.assumeTrue(met, "not in Debian: " + line);
  }

  /**
   * Needs a program.
   *
   * @param name as typed
   * @param debianPackage where it is from
   */
  public static void program(String name, String debianPackage) {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean found =
        Arrays.stream(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    require(found, "program " + name + " is missing; apt-get install " + debianPackage);
  }

  /**
   * Needs the shared folder of real weights and text, named by the system property {@code
   * alluvium.shared}.
   *
   * @param relative what in it
   * @return where it is
   */
  public static Path shared(String relative) {
    Path path = Path.of(System.getProperty("alluvium.shared", "../shared")).resolve(relative);
    require(Files.exists(path), "shared folder: " + path.normalize() + " is missing");
    return path.normalize();
  }
}
