package io.alluvium.streams.policy;

import io.alluvium.streams.policy.document.EffectivePolicy;
import java.util.IdentityHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a room makes of its section (compiled patterns, tables), made once for each policy. Belongs
 * to one thread.
 *
 * @param <C> the section
 * @param <R> what is made of it
 */
public final class Prepared<C extends Record, R> {
  private final Class<C> type;
  private final Function<C, R> make;
  private final IdentityHashMap<C, R> made = new IdentityHashMap<>();
  private @Nullable EffectivePolicy last;
  private @Nullable R ofLast;

  /**
   * Prepares nothing yet.
   *
   * @param type the section's type
   * @param make depends on the section and nothing else
   */
  public Prepared(Class<C> type, Function<C, R> make) {
    this.type = type;
    this.make = make;
  }

  /** What was made of the section in force; policies that leave the section alone share it. */
  public R of(EffectivePolicy policy) {
    R known = ofLast;
    if (policy == last && known != null) {
      return known;
    }
    R prepared = made.computeIfAbsent(policy.section(type), make);
    last = policy;
    ofLast = prepared;
    return prepared;
  }
}
