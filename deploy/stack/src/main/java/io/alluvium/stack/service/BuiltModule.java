package io.alluvium.stack.service;

import io.alluvium.stack.process.SetupException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A module of this project as the build left it.
 *
 * @param home the project's root folder
 * @param folder the module's folder, relative to it
 */
public record BuiltModule(Path home, String folder) {
  /**
   * The root folder from the system property {@code alluvium.home}, which the launcher and the
   * tests set.
   *
   * @throws SetupException when it is not set
   */
  public static Path projectHome() {
    String home = System.getProperty("alluvium.home");
    if (home == null || home.isBlank()) {
      throw new SetupException(
          "system property alluvium.home is not set; start through deploy/alluvium, or name the project's root folder with -Dalluvium.home=FOLDER");
    }
    return Path.of(home).toAbsolutePath().normalize();
  }

  /**
   * What the build put into the module's target folder.
   *
   * @param name relative to the target folder
   * @throws SetupException when it is missing
   */
  public Path built(String name) {
    Path file = home.resolve(folder).resolve("target").resolve(name);
    if (!Files.exists(file)) {
      throw new SetupException(
          file + " is missing; build once with: mvn -q -Dquick package (in " + home + ")");
    }
    return file;
  }

  /** Jars of everything the module depends on, without its own. */
  public List<Path> dependencies() {
    Path list = built("runtime.classpath");
    try {
      String joined = Files.readString(list).strip();
      return joined.isEmpty()
          ? List.of()
          : List.of(joined.split(File.pathSeparator, -1)).stream().map(Path::of).toList();
    } catch (IOException e) {
      throw new SetupException("cannot read " + list + ": " + e.getMessage(), e);
    }
  }

  /**
   * The module's own jar, then everything it depends on.
   *
   * @param artifact the module's artifact id
   */
  public List<Path> classPath(String artifact) {
    List<Path> all = new ArrayList<>();
    all.add(ownJar(artifact));
    all.addAll(dependencies());
    return all;
  }

  private Path ownJar(String artifact) {
    return built(artifact + "-0.1.0-SNAPSHOT.jar");
  }
}
