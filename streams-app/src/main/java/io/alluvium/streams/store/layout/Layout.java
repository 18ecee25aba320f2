package io.alluvium.streams.store.layout;

import java.util.Map;

/**
 * The form of one store's entries. Pure.
 *
 * @param store its name
 * @param version rises when a build before could not read what is written now
 * @param oldest the first version that this build still reads
 * @param needs what must be as it was when the state was made, by name
 */
public record Layout(String store, int version, int oldest, Map<String, String> needs) {

  /** Copies. */
  public Layout {
    needs = Map.copyOf(needs);
  }

  /** The first form of a store. */
  public static Layout first(String store, Map<String, String> needs) {
    return new Layout(store, 1, 1, needs);
  }

  /** A form after the first, which is still read; it depends on nothing. */
  public static Layout second(String store) {
    return new Layout(store, 2, 1, Map.of());
  }
}
