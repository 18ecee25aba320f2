package io.alluvium.trainer.score.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.BaseModel;
import io.alluvium.trainer.score.adapter.CurrentAdapters.Current;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CurrentAdaptersTest {
  private final CurrentAdapters adapters = new CurrentAdapters("ours");

  @Test
  void theLastStateHolds() {
    adapters.take(state("a", null, "ours"));
    assertThat(adapters.of("a")).isEmpty();
    adapters.take(state("a", 1L, "ours"));
    adapters.take(state("a", 3L, "ours"));
    assertThat(adapters.of("a")).contains(new Current(3, "file:///3"));
    assertThat(adapters.of("b")).isEmpty();
  }

  @Test
  void anAdapterOfAnotherBaseIsNotScoredWith() {
    adapters.take(state("a", 1L, "ours"));
    adapters.take(state("a", 2L, "theirs"));
    assertThat(adapters.of("a")).isEmpty();
  }

  private static AdapterState state(String adapter, @Nullable Long version, String digest) {
    return AdapterState.newBuilder()
        .setAdapter(adapter)
        .setCurrentVersion(version)
        .setArtifactUri(version == null ? null : "file:///" + version)
        .setLastVersion(version == null ? 1 : version)
        .setBase(new BaseModel("b", digest))
        .setUpdatedAt(Instant.EPOCH)
        .build();
  }
}
