package io.alluvium.trainer.publish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import io.alluvium.trainer.publish.store.ArtifactStore.Staged;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreFaultTest {
  private final Path folder;
  private final ArtifactStore store;

  ArtifactStoreFaultTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = open("a");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aFolderIsNamedByItsContentAndReadsBack() throws IOException {
    Artifact artifact = store.publish("news", staged("weights", "config"));
    assertThat(artifact.getFiles()).extracting(ArtifactFile::getName).containsExactly("a", "b");
    assertThat(artifact.getBytes()).isEqualTo(13);
    Path published = store.verify(artifact);
    assertThat(published.getParent()).isEqualTo(folder.resolve("store").resolve("news"));
    // What `(cd FOLDER; sha256sum a b) | sha256sum` prints.
    assertThat(published).hasFileName(FolderContent.digest(artifact.getFiles()));
    assertThat(staging()).isEmpty();
  }

  @Test
  void sameContentIsOneFolderAndOtherContentAnother() throws IOException {
    Artifact once = store.publish("news", staged("weights", "config"));
    assertThat(store.publish("news", staged("weights", "config"))).isEqualTo(once);
    assertThat(store.publish("news", staged("weights", "confiG")).getUri())
        .isNotEqualTo(once.getUri());
    assertThat(staging()).isEmpty();
  }

  @Test
  void aTornFileIsSeenOnRead() throws IOException {
    Artifact artifact = store.publish("news", staged("weights", "config"));
    Path file = store.verify(artifact).resolve("a");
    Files.writeString(file, "weight");
    assertThatThrownBy(() -> store.verify(artifact))
        .isInstanceOf(BrokenArtifactException.class)
        .hasMessageContaining("a is missing or differs from its sha256");
    Files.writeString(file, "wEights");
    assertThatThrownBy(() -> store.verify(artifact)).isInstanceOf(BrokenArtifactException.class);
    Files.delete(file);
    assertThatThrownBy(() -> store.verify(artifact)).isInstanceOf(BrokenArtifactException.class);
  }

  @Test
  void anAddedFileOrAMissingFolderIsSeenOnRead() throws IOException {
    Artifact artifact = store.publish("news", staged("weights", "config"));
    Path published = store.verify(artifact);
    Files.writeString(published.resolve("c"), "");
    assertThatThrownBy(() -> store.verify(artifact))
        .hasMessageContaining("holds 3 files, its event names 2");
    FolderContent.delete(published);
    assertThatThrownBy(() -> store.verify(artifact)).hasMessageContaining("is missing");
  }

  @Test
  void aBrokenFolderUnderTheSameNameIsNeverTakenForTheNewOne() throws IOException {
    Artifact artifact = store.publish("news", staged("weights", "config"));
    Files.writeString(store.verify(artifact).resolve("a"), "torn");
    assertThatThrownBy(() -> store.publish("news", staged("weights", "config")))
        .isInstanceOf(BrokenArtifactException.class);
  }

  @Test
  void aCrashWhileStagingLeavesNothingUnderAFinalName() throws IOException {
    staged("weights", "config");
    open("b").close();
    assertThat(folder.resolve("store").resolve("news")).doesNotExist();
  }

  @Test
  void whatIsNotPublishedIsRemovedAtOnce() throws IOException {
    try (Staged staged = staged("weights", "config")) {
      assertThat(staging()).containsExactly(staged.folder());
    }
    assertThat(staging()).isEmpty();
  }

  /** A killed process takes its lock with it, and not its files. */
  @Test
  void whatAKilledOwnerLeftIsRemovedAtItsNextStartAndWhatLivesStays() throws IOException {
    Staged living = staged("weights", "config");
    Path killed = session("a");
    Path before = Files.createDirectories(killed.resolve("artifact-1"));
    Files.writeString(killed.resolve("lock"), "");
    Path lockless = Files.createDirectories(session("a").resolve("artifact-2"));
    Path foreign = Files.createDirectories(session("b").resolve("artifact-3"));
    open("a").close();
    assertThat(before).doesNotExist();
    assertThat(lockless).doesNotExist();
    assertThat(foreign).exists();
    assertThat(living.folder()).isNotEmptyDirectory();
  }

  @Test
  void aStoreThatCannotBeWrittenIsNamedWithCauseAndRemedy() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    URI below = file.resolve("below").toUri();
    assertThatThrownBy(() -> ArtifactStore.open(below, "a"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageMatching(
            "store.uri \\S*below cannot be used \\(.*\\): correct it or make the folder usable; no record is lost, start the worker again");
    assertThat(store.unusable(new IOException("No space left on device")))
        .hasMessageContaining("(No space left on device): free space there;");
    assertThat(store.unusable(new AccessDeniedException("/x/y")))
        .hasMessageContaining("(/x/y: AccessDeniedException): let the worker write there;");
    assertThatThrownBy(() -> ArtifactStore.open(URI.create("s3://bucket/x"), "a"))
        .isInstanceOf(StoreException.class)
        .hasMessage("store.uri is s3://bucket/x: only file:///FOLDER is supported");
  }

  private ArtifactStore open(String owner) {
    return ArtifactStore.open(folder.resolve("store").toUri(), owner);
  }

  private Path session(String owner) throws IOException {
    Path home = Files.createDirectories(folder.resolve("store").resolve(".staging").resolve(owner));
    return Files.createTempDirectory(home, "session-");
  }

  private Staged staged(String first, String second) throws IOException {
    Staged staged = store.stage();
    Files.writeString(staged.folder().resolve("b"), second);
    Files.writeString(staged.folder().resolve("a"), first);
    return staged;
  }

  private List<Path> staging() throws IOException {
    return Staging.untouchedSince(Instant.MAX, folder.resolve("store"));
  }
}
