package io.alluvium.trainer.publish.store;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what crashes left: folders that no event names, and staging that nobody will publish.
 *
 * <p>A folder that an event names is never deleted, whoever else publishes meanwhile. Old unnamed
 * folders are moved aside first, out of reach of publishers; then the log is read again, to its
 * committed end; and only what is unnamed and untouched even then is deleted, the rest moved back.
 * Whoever is about to name a folder has touched it ({@link ArtifactStore#hold}), and commits within
 * the grace time or not at all. A store that several logs publish into is left alone, because no
 * one log names all of its folders.
 */
public final class Orphans {
  private static final Logger LOG = LoggerFactory.getLogger(Orphans.class);
  private static final Pattern CONTENT_NAME = Pattern.compile("[0-9a-f]{64}");
  private static final String ASIDE = ".orphans";
  private static final String LOGS = ".logs";

  private final Path root;
  private final String log;
  private final Duration grace;

  /**
   * Registers a log as one that publishes into a store.
   *
   * @param root of the store
   * @param log which log names the folders: cluster and topic
   * @param grace age from which on an unnamed folder is an orphan
   */
  Orphans(Path root, String log, Duration grace) throws IOException {
    this.root = root;
    this.log = FolderName.of(log);
    this.grace = grace;
    Files.createDirectories(root.resolve(LOGS).resolve(this.log));
  }

  /**
   * Collects, and logs what it deleted.
   *
   * @param named reads the log to its committed end and returns the URIs of all artifacts in it
   * @param now wall time
   * @return what was deleted; empty where other logs publish here too
   */
  public List<Path> collect(Supplier<Set<String>> named, Instant now) throws IOException {
    if (!listed(root.resolve(LOGS)).equals(List.of(root.resolve(LOGS).resolve(log)))) {
      return List.of();
    }
    Path lockFile = root.resolve(LOGS).resolve(log).resolve("lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      List<Path> deleted = lock == null ? List.of() : collected(named, now.minus(grace));
      deleted.forEach(folder -> LOG.info("deleted {}, which no event names", folder));
      return deleted;
    }
  }

  private List<Path> collected(Supplier<Set<String>> named, Instant limit) throws IOException {
    Set<String> before = places(named.get());
    List<Path> deleted = new ArrayList<>(settled(before, limit));
    for (Path folder : published(root)) {
      if (!before.contains(place(folder)) && olderThan(limit, folder)) {
        Path aside = root.resolve(ASIDE).resolve(root.relativize(folder));
        Files.createDirectories(aside.getParent());
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    deleted.addAll(settled(places(named.get()), limit));
    deleted.addAll(staging(limit));
    return deleted;
  }

  /**
   * Where within a store the folders of these URIs stand. What comes before that is the path under
   * which the store was opened when they were published, and may be another one now.
   */
  private static Set<String> places(Set<String> uris) {
    return uris.stream().map(uri -> place(Path.of(URI.create(uri)))).collect(Collectors.toSet());
  }

  /** ADAPTER/CONTENT. */
  private static String place(Path folder) {
    int names = folder.getNameCount();
    return folder.subpath(Math.max(0, names - 2), names).toString();
  }

  /** Deletes or moves back what stands aside, what a killed collection left there included. */
  private List<Path> settled(Set<String> named, Instant limit) throws IOException {
    List<Path> deleted = new ArrayList<>();
    Path aside = root.resolve(ASIDE);
    for (Path folder : published(aside)) {
      Path home = root.resolve(aside.relativize(folder));
      if (named.contains(place(home)) || !olderThan(limit, folder)) {
        moveBack(folder, home);
      } else {
        FolderContent.delete(folder);
        if (!Files.exists(home)) {
          deleted.add(home);
        }
      }
    }
    return deleted;
  }

  /** Where somebody published the same content meanwhile, theirs stays. */
  private static void moveBack(Path folder, Path home) throws IOException {
    try {
      Files.move(folder, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException occupied) {
      if (!Files.isDirectory(home)) {
        throw occupied;
      }
      FolderContent.delete(folder);
    }
  }

  private List<Path> staging(Instant limit) throws IOException {
    List<Path> deleted = Staging.untouchedSince(limit, root);
    for (Path staged : deleted) {
      FolderContent.delete(staged);
    }
    return deleted;
  }

  /** Folders of the form ADAPTER/CONTENT below a folder. */
  private static List<Path> published(Path below) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (Path adapter : listed(below)) {
      if (Files.isDirectory(adapter) && !adapter.getFileName().toString().startsWith(".")) {
        listed(adapter).stream()
            .filter(folder -> CONTENT_NAME.matcher(folder.getFileName().toString()).matches())
            .forEach(folders::add);
      }
    }
    return folders;
  }

  private static List<Path> listed(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    }
  }

  private static boolean olderThan(Instant limit, Path folder) throws IOException {
    return Files.getLastModifiedTime(folder).toInstant().isBefore(limit);
  }

  /** Makes a folder no orphan for another grace time. */
  static void touch(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
  }
}
