package io.alluvium.trainer.publish.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where folders are filled: {@code .staging/OWNER/session-…/artifact-…}. A session has a lock that
 * ends with its process, however that ends; so the owner's next start knows what was left, and
 * removes it at once. What an owner left that never starts again is {@link Orphans}' by its age.
 */
final class Staging implements AutoCloseable {
  private static final String FOLDER = ".staging";
  private static final String LOCK = "lock";

  private final Path session;
  private final FileChannel lock;

  private Staging(Path session) throws IOException {
    this.session = session;
    this.lock = lockFile(session);
    lock.lock();
  }

  /**
   * A session of one owner, alone or beside sessions of the same name that still live.
   *
   * @param root of the store
   * @param owner who fills, under the same name at each start
   */
  static Staging open(Path root, String owner) throws IOException {
    Path home = Files.createDirectories(root.resolve(FOLDER).resolve(FolderName.of(owner)));
    // One start after the other: a session that has no lock yet would look abandoned.
    try (FileChannel turn = lockFile(home)) {
      turn.lock();
      for (Path left : folders(home)) {
        if (abandoned(left)) {
          FolderContent.delete(left);
        }
      }
      return new Staging(Files.createTempDirectory(home, "session-"));
    }
  }

  /** A new empty folder. */
  Path folder() throws IOException {
    return Files.createTempDirectory(session, "artifact-");
  }

  /** Everything that was filled and not published, by any owner, and was not touched since. */
  static List<Path> untouchedSince(Instant limit, Path root) throws IOException {
    List<Path> untouched = new ArrayList<>();
    for (Path owner : folders(root.resolve(FOLDER))) {
      for (Path session : folders(owner)) {
        for (Path folder : folders(session)) {
          if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit)) {
            untouched.add(folder);
          }
        }
      }
    }
    return untouched;
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      FolderContent.delete(session);
    }
  }

  private static FileChannel lockFile(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static boolean abandoned(Path session) throws IOException {
    try (FileChannel lock = lockFile(session)) {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  private static List<Path> folders(Path below) throws IOException {
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(below)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
