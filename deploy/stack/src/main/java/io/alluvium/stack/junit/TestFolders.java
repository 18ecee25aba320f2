package io.alluvium.stack.junit;

import io.alluvium.stack.LocalStack;
import io.alluvium.stack.supervise.StackListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Data directories for tests: {@code target/local-stack/PID-N}.
 *
 * <p>Those of an earlier run, which may have been killed with its stack still running, are stopped
 * and deleted when a new one is asked for.
 */
public final class TestFolders {
  private static final Path ALL = Path.of("target", "local-stack").toAbsolutePath();

  private TestFolders() {}

  /** An empty folder that no other test has. */
  public static synchronized Path fresh() {
    try {
      Files.createDirectories(ALL);
      sweep();
      return Files.createTempDirectory(ALL, ProcessHandle.current().pid() + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sweep() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      folders.filter(TestFolders::abandoned).forEach(TestFolders::remove);
    }
  }

  private static boolean abandoned(Path folder) {
    String owner = folder.getFileName().toString().replaceFirst("-.*", "");
    return ProcessHandle.of(Long.parseLong(owner)).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static void remove(Path folder) {
    Optional<LocalStack> left = LocalStack.attach(folder, StackListener.SILENT);
    left.ifPresent(LocalStack::down);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
