package io.alluvium.cli.adapters;

import io.alluvium.schemas.AdapterState;
import java.util.Optional;

/** Whether an adapter is paused, in words. Pure. */
public final class PauseText {
  private PauseText() {}

  /** Since when and by whom; empty when it is not. */
  public static Optional<String> of(AdapterState state) {
    return state.getPaused()
        ? Optional.of(
            "paused since %s by %s".formatted(state.getPausedSince(), state.getPausedBy()))
        : Optional.empty();
  }
}
