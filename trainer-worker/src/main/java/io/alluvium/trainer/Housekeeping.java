package io.alluvium.trainer;

import io.alluvium.schemas.Artifact;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.RoundOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the store to what events name. */
record Housekeeping(Wiring wiring, ArtifactStore store) {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  /** Deletes what crashes left and nobody names, once it is old enough. */
  void collect(History history) {
    try {
      List<Path> deleted =
          store
              .orphans(wiring.log(), wiring.config().store().orphanGrace())
              .collect(
                  () -> {
                    history.catchUp();
                    return history.lineage().artifacts();
                  },
                  wiring.clock().instant());
      deleted.forEach(folder -> LOG.info("deleted {}, which no event names", folder));
    } catch (IOException failed) {
      throw store.unusable(failed);
    }
  }

  /** Makes sure that what is about to be named is there and stays. */
  void hold(RoundOutcome.Folders folders) {
    try {
      for (Artifact folder : named(folders)) {
        store.hold(folder);
      }
    } catch (IOException failed) {
      throw store.unusable(failed);
    }
  }

  private static List<Artifact> named(RoundOutcome.Folders folders) {
    return Stream.of(Optional.ofNullable(folders.released()), Optional.ofNullable(folders.head()))
        .flatMap(Optional::stream)
        .toList();
  }
}
