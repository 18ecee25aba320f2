package io.alluvium.trainer.model.chat.jinja.python.type;

import java.util.ArrayList;
import java.util.List;

/**
 * What {@code keys()}, {@code values()} and {@code items()} give.
 *
 * @param dict whose
 * @param part which
 */
public record DictView(Dict dict, Part part) {
  /** Which column. */
  public enum Part {
    /** Keys. */
    KEYS,
    /** Values. */
    VALUES,
    /** Tuples of both. */
    ITEMS
  }

  /** What is seen, in order. */
  public List<Object> elements() {
    return switch (part) {
      case KEYS -> dict.keys();
      case VALUES -> dict.values();
      case ITEMS -> new ArrayList<>(dict.items());
    };
  }
}
