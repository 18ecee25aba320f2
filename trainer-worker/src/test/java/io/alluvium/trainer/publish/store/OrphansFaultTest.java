package io.alluvium.trainer.publish.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.schemas.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crashes and other publishers leave, and what is named at which moment. */
class OrphansFaultTest {
  private final Instant now = Instant.now();
  private static final Duration GRACE = Duration.ofHours(24);

  private final Path root;
  private final ArtifactStore store;

  OrphansFaultTest(@TempDir Path folder) {
    this.root = folder.resolve("store");
    this.store = ArtifactStore.open(root.toUri(), "a");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatNobodyNamesIsDeletedOnceItIsOld() throws IOException {
    Artifact named = old(publish("named"));
    Artifact orphan = old(publish("orphan"));
    Artifact young = publish("young");
    assertThat(collect(always(named))).containsExactly(folder(orphan));
    assertThat(folder(orphan)).doesNotExist();
    store.verify(named);
    store.verify(young);
  }

  /** Events name folders by the path that the store had when they were published. */
  @Test
  void whatIsNamedStaysWhenTheStoreIsOpenedUnderAnotherPath() throws IOException {
    Artifact named = old(publish("named"));
    Path link = Files.createSymbolicLink(root.resolveSibling("link"), root);
    try (ArtifactStore moved = ArtifactStore.open(link.toUri(), "b")) {
      assertThat(moved.orphans("log", GRACE).collect(always(named), now)).isEmpty();
    }
    store.verify(named);
  }

  @Test
  void stagingThatACrashLeftIsDeletedOnceItIsOld() throws IOException {
    Path left = store.stage().folder();
    Files.writeString(left.resolve("half"), "x");
    Path atWork = store.stage().folder();
    age(left);
    assertThat(collect(Set::of)).containsExactly(left);
    assertThat(atWork).exists();
  }

  /** Between the first look at the log and the second somebody's commit became visible. */
  @Test
  void aFolderThatIsNamedWhileItStandsAsideComesBack() throws IOException {
    Artifact late = old(publish("late"));
    Iterator<Set<String>> log = List.of(Set.<String>of(), Set.of(late.getUri())).iterator();
    assertThat(collect(log::next)).isEmpty();
    store.verify(late);
  }

  /** The same bytes are made again from the same window, while their orphan is being collected. */
  @Test
  void aFolderThatIsPublishedAgainWhileItStandsAsideStays() throws IOException {
    Artifact again = old(publish("again"));
    Iterator<Integer> looks = List.of(1, 2).iterator();
    collect(
        () -> {
          if (looks.next() == 2) {
            assertThat(folder(again)).doesNotExist();
            publishAgain("again");
          }
          return Set.of();
        });
    store.verify(again);
  }

  @Test
  void aFolderThatIsPublishedAgainBeforeIsYoungAgain() throws IOException {
    Artifact again = old(publish("again"));
    publish("again");
    assertThat(collect(Set::of)).isEmpty();
    store.verify(again);
  }

  @Test
  void aFolderThatIsAboutToBeNamedStays() throws IOException {
    Artifact held = old(publish("held"));
    store.hold(held);
    assertThat(collect(Set::of)).isEmpty();
    store.verify(held);
  }

  @Test
  void holdingWhatIsGoneIsAnError() throws IOException {
    Artifact gone = old(publish("gone"));
    collect(Set::of);
    assertThatThrownBy(() -> store.hold(gone))
        .isInstanceOf(BrokenArtifactException.class)
        .hasMessageContaining("is gone before its event was committed");
  }

  /** Killed between moving aside and deciding: the next start decides. */
  @Test
  void whatAKilledCollectionMovedAsideIsDecidedAtTheNextStart() throws IOException {
    Artifact named = old(publish("named"));
    Artifact orphan = old(publish("orphan"));
    assertThatThrownBy(
            () ->
                collect(
                    new Supplier<>() {
                      private boolean looked;

                      @Override
                      public Set<String> get() {
                        if (looked) {
                          throw new IllegalStateException("killed");
                        }
                        looked = true;
                        return Set.of();
                      }
                    }))
        .hasMessage("killed");
    assertThat(folder(named)).doesNotExist();
    assertThat(collect(always(named))).containsExactly(folder(orphan));
    store.verify(named);
  }

  @Test
  void aStoreOfSeveralLogsIsLeftAlone() throws IOException {
    Artifact orphan = old(publish("orphan"));
    store.orphans("cluster-b adapter.versions", GRACE);
    assertThat(collect(Set::of)).isEmpty();
    store.verify(orphan);
  }

  @Test
  void otherFilesInTheStoreAreNobodysOrphans() throws IOException {
    Path notes = Files.createDirectories(root.resolve("news/notes"));
    Files.writeString(notes.resolve("readme"), "mine");
    age(notes);
    assertThat(collect(Set::of)).isEmpty();
    assertThat(notes).exists();
  }

  private List<Path> collect(Supplier<Set<String>> named) throws IOException {
    return store.orphans("cluster-a adapter.versions", GRACE).collect(named, now);
  }

  private static Supplier<Set<String>> always(Artifact named) {
    return () -> Set.of(named.getUri());
  }

  private Artifact publish(String content) throws IOException {
    ArtifactStore.Staged staged = store.stage();
    Files.writeString(staged.folder().resolve("adapter_model.safetensors"), content);
    return store.publish("news", staged);
  }

  private void publishAgain(String content) {
    try {
      publish(content);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private Artifact old(Artifact artifact) throws IOException {
    age(folder(artifact));
    return artifact;
  }

  private void age(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(now.minus(GRACE).minusSeconds(60)));
  }

  private static Path folder(Artifact artifact) {
    return Path.of(URI.create(artifact.getUri()));
  }
}
