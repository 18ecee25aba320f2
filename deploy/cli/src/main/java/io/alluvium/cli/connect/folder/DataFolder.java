package io.alluvium.cli.connect.folder;

import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The data directory and what lies where in it.
 *
 * @param root absolute path; need not exist
 */
public record DataFolder(Path root) {
  private static final String ENVIRONMENT = "ALLUVIUM_DATA";
  private static final String HOME = "HOME";

  /** Makes the path absolute. */
  public DataFolder {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * {@code $ALLUVIUM_DATA}, or {@code ~/.alluvium}: the same from whichever directory one calls.
   */
  public static DataFolder byDefault() {
    return byDefault(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** {@code $HOME} goes before what Java takes for it, which is the password file's. */
  static DataFolder byDefault(Map<String, String> environment, Path userHome) {
    String named = environment.getOrDefault(ENVIRONMENT, "");
    String home = environment.getOrDefault(HOME, "");
    Path at = home.isEmpty() ? userHome : Path.of(home);
    return new DataFolder(named.isEmpty() ? at.resolve(".alluvium") : Path.of(named));
  }

  /** Configuration files written by {@code up}. */
  public Path config() {
    return root.resolve("config");
  }

  /** How clients reach the local stack. */
  public Path clientProperties() {
    return config().resolve("client.properties");
  }

  /** Published adapters. */
  public Path artifacts() {
    return root.resolve("artifacts");
  }

  /** Where the demo keeps its own stack, apart from the one that {@code up} starts. */
  public DataFolder demo() {
    return new DataFolder(root.resolve("demo"));
  }

  /**
   * Makes sure that files can be written here.
   *
   * @throws CommandException (usage) when they cannot
   */
  public void ensureWritable() {
    try {
      Files.createDirectories(root);
      Files.delete(Files.createTempFile(root, ".writable", ""));
    } catch (IOException denied) {
      throw CommandException.usage(
          "data directory %s is not writable (%s): make it so, or name another with --data"
              .formatted(root, FileFault.words(denied)),
          denied);
    }
  }
}
