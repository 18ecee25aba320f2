package io.alluvium.streams.fate;

import io.alluvium.schemas.Rejection;
import java.util.List;

/**
 * Where a record goes after a stage.
 *
 * @param <V> the value type that goes on
 */
public sealed interface Fate<V> {

  /** To the next stage. */
  record Passed<V>(Arrival<V> arrival) implements Fate<V> {
    @Override
    public List<Arrival<V>> passed() {
      return List.of(arrival);
    }

    @Override
    public List<Rejection> refused() {
      return List.of();
    }
  }

  /** To the rejections. */
  record Refused<V>(Rejection rejection) implements Fate<V> {
    @Override
    public List<Arrival<V>> passed() {
      return List.of();
    }

    @Override
    public List<Rejection> refused() {
      return List.of(rejection);
    }
  }

  /** What goes on: one arrival or none. */
  List<Arrival<V>> passed();

  /** What was refused: one rejection or none. */
  List<Rejection> refused();
}
