package io.alluvium.cli.demo;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.supervise.StackListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The demo's own data directory, begun anew each time. What an earlier demo left, running or
 * killed, is stopped and deleted; a folder that no demo made is never touched.
 *
 * @param folder where it lies
 */
record DemoFolder(DataFolder folder) {
  private static final String MARK = "made-by-alluvium-demo";

  /**
   * Makes it empty.
   *
   * @param listener hears what is stopped
   * @throws CommandException (usage) when it holds something else, or cannot be written
   */
  void renew(StackListener listener) {
    Path root = folder.root();
    if (Files.exists(root) && !ours(root)) {
      throw CommandException.usage(
          "%s was not made by the demo and is left alone: name another directory with --data"
              .formatted(root));
    }
    stopLeftovers(listener);
    try {
      delete(root);
      folder.ensureWritable();
      Files.createFile(root.resolve(MARK));
    } catch (IOException denied) {
      throw CommandException.usage(
          "cannot renew %s (%s): name another directory with --data"
              .formatted(root, FileFault.words(denied)),
          denied);
    }
  }

  private void stopLeftovers(StackListener listener) {
    Optional<LocalStack> left =
        LocalSystem.explained(() -> LocalStack.attach(folder.root(), listener));
    LocalSystem.explained(
        () -> {
          left.ifPresent(LocalStack::down);
          return left;
        });
  }

  private static boolean ours(Path root) {
    try (Stream<Path> content = Files.list(root)) {
      return Files.exists(root.resolve(MARK)) || content.findAny().isEmpty();
    } catch (IOException unreadable) {
      return false;
    }
  }

  /** The mark goes last: a deletion that is interrupted can be taken up again. */
  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(root)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      if (!path.equals(root) && !path.equals(root.resolve(MARK))) {
        Files.delete(path);
      }
    }
    Files.deleteIfExists(root.resolve(MARK));
  }
}
