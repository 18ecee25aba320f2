package io.alluvium.trainer.publish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreFaultTest {
  private final Path folder;
  private final ArtifactStore store;

  ArtifactStoreFaultTest(@TempDir Path folder) {
    this.folder = folder;
    this.store = ArtifactStore.open(folder.resolve("store").toUri());
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
    ArtifactStore.open(folder.resolve("store").toUri());
    assertThat(folder.resolve("store").resolve("news")).doesNotExist();
  }

  @Test
  void aStoreThatCannotBeWrittenIsRefusedAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> ArtifactStore.open(file.resolve("below").toUri()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be written");
    assertThatThrownBy(() -> ArtifactStore.open(URI.create("s3://bucket/x")))
        .hasMessage("store.uri is s3://bucket/x: only file:///FOLDER is supported");
  }

  private Path staged(String first, String second) throws IOException {
    Path staged = store.stage();
    Files.writeString(staged.resolve("b"), second);
    Files.writeString(staged.resolve("a"), first);
    return staged;
  }

  private List<Path> staging() throws IOException {
    try (Stream<Path> left = Files.list(folder.resolve("store").resolve(".staging"))) {
      return left.toList();
    }
  }
}
