package io.alluvium.trainer.publish.store;

import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Folders on a file system, named by their content: {@code ADAPTER/SHA256}. A folder is staged
 * inside the store, synced, then moved to its name in one step; so under a final name stands either
 * nothing or everything, and publishing the same content twice is publishing it once.
 *
 * <p>A crash leaves staging folders or artifacts that no event names, never an event without its
 * artifact.
 */
public final class ArtifactStore implements AutoCloseable {
  private final Path root;
  private final Staging staging;

  private ArtifactStore(Path root, Staging staging) {
    this.root = root;
    this.staging = staging;
  }

  /**
   * Opens a store for writing and removes what this owner's processes left in it unfinished.
   *
   * @param uri a file URI
   * @param owner who publishes: the same name at each start
   * @throws StoreException when the URI is of another kind
   * @throws StoreUnavailableException when the folder cannot be written
   */
  public static ArtifactStore open(URI uri, String owner) {
    if (!"file".equals(uri.getScheme())) {
      throw new StoreException("store.uri is %s: only file:///FOLDER is supported".formatted(uri));
    }
    Path root = Path.of(uri);
    try {
      return new ArtifactStore(root, Staging.open(root, owner));
    } catch (IOException cause) {
      throw new StoreUnavailableException(uri, cause);
    }
  }

  /**
   * A folder that is filled and then {@link ArtifactStore#publish published}, or else removed.
   *
   * @param folder on the store's own file system, empty at first
   */
  public record Staged(Path folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (Files.exists(folder)) {
        FolderContent.delete(folder);
      }
    }
  }

  /** A new folder to be filled. */
  public Staged stage() throws IOException {
    return new Staged(staging.folder());
  }

  /** What to tell of a failure of this store. */
  public StoreUnavailableException unusable(IOException failed) {
    return new StoreUnavailableException(root.toUri(), failed);
  }

  /** Removes what is staged and not published. */
  @Override
  public void close() {
    try {
      staging.close();
    } catch (IOException left) {
      throw unusable(left);
    }
  }

  /**
   * Makes a staged folder durable under the name of its content and reads it back.
   *
   * @param staged filled; its folder is gone afterwards
   * @throws BrokenArtifactException when what is read back is not what was written
   */
  public Artifact publish(String adapter, Staged staged) throws IOException {
    List<ArtifactFile> files = FolderContent.describe(staged.folder());
    FolderContent.sync(staged.folder());
    Path parent = root.resolve(FolderName.of(adapter));
    Path target = parent.resolve(FolderContent.digest(files));
    Files.createDirectories(parent);
    place(staged.folder(), target);
    Orphans.touch(target);
    syncFolder(parent);
    syncFolder(root);
    Artifact artifact = artifact(target, files);
    verify(artifact);
    return artifact;
  }

  /**
   * The folder of a published artifact, every file checked against its event.
   *
   * @throws BrokenArtifactException when a file is missing, added or different
   */
  public Path verify(Artifact artifact) throws IOException {
    Path folder = folder(artifact);
    FolderContent.check(folder, artifact.getFiles());
    return folder;
  }

  /**
   * The folder under a URI, its content held against the name that it was published under. A folder
   * that was never named by its content is taken as it is.
   *
   * @throws BrokenArtifactException when a file is missing, added or different
   */
  public static Path intact(URI uri) throws IOException {
    Path folder = Path.of(uri);
    FolderContent.checkName(folder);
    return folder;
  }

  /**
   * Marks an artifact as about to be named by an event, which must be committed within the grace
   * time of {@link #orphans}.
   *
   * @throws BrokenArtifactException when it is gone
   */
  public void hold(Artifact artifact) throws IOException {
    try {
      Orphans.touch(folder(artifact));
    } catch (NoSuchFileException missing) {
      throw new BrokenArtifactException(
          "artifact %s is gone before its event was committed: start the worker again, which does the round anew"
              .formatted(artifact.getUri()));
    }
  }

  /**
   * Makes sure that what is about to be named is there and stays.
   *
   * @throws StoreUnavailableException when the store does not answer
   */
  public void holdAll(List<Artifact> artifacts) {
    try {
      for (Artifact artifact : artifacts) {
        hold(artifact);
      }
    } catch (IOException failed) {
      throw unusable(failed);
    }
  }

  /**
   * Who collects what nobody names.
   *
   * @param log which log names this store's folders: cluster and topic
   * @param grace age from which on an unnamed folder is an orphan
   */
  public Orphans orphans(String log, Duration grace) throws IOException {
    return new Orphans(root, log, grace);
  }

  private static Path folder(Artifact artifact) {
    return Path.of(URI.create(artifact.getUri()));
  }

  /** How events name a folder. */
  static String uri(Path folder) {
    return folder.toUri().toString().replaceAll("/$", "");
  }

  private void place(Path staged, Path target) throws IOException {
    try {
      // Put if absent: a non-empty folder is never replaced by a move.
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException unsuitable) {
      throw unsuitable;
    } catch (FileSystemException occupied) {
      if (!Files.isDirectory(target)) {
        throw occupied;
      }
      FolderContent.delete(staged);
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Artifact artifact(Path folder, List<ArtifactFile> files) {
    return Artifact.newBuilder()
        .setUri(uri(folder))
        .setFiles(files)
        .setBytes(files.stream().mapToLong(ArtifactFile::getBytes).sum())
        .build();
  }
}
