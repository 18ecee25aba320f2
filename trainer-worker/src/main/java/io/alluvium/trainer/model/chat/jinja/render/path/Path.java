package io.alluvium.trainer.model.chat.jinja.render.path;

import io.alluvium.trainer.model.chat.jinja.python.text.Cases;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in an element something stands, such as {@code a.b.0}; without parts, the element itself.
 *
 * @param parts names and places
 * @param folded whether case is left out of texts
 * @param otherwise what stands for what is undefined
 */
public record Path(List<Object> parts, boolean folded, Optional<Object> otherwise) {
  /** The element itself. */
  public static final Path SELF = new Path(List.of(), false, Optional.empty());

  /** A path of a name with dots, or of a place. */
  public static Path of(Object attribute) {
    if (!(attribute instanceof String) && !(attribute instanceof Markup)) {
      return new Path(List.of(attribute), false, Optional.empty());
    }
    List<Object> parts = new ArrayList<>();
    for (String part : Repr.str(attribute).split("\\.", -1)) {
      parts.add(part.matches("\\d{1,9}") ? new BigInteger(part) : part);
    }
    return new Path(parts, false, Optional.empty());
  }

  /** The same path, with texts compared without case where {@code fold}. */
  public Path folding(boolean fold) {
    return new Path(parts, fold, otherwise);
  }

  /** The same path with a value for where it leads nowhere. */
  public Path orElse(Optional<Object> value) {
    return new Path(parts, folded, value);
  }

  /** What stands there. */
  public Object from(Object element) {
    Object value = element;
    for (Object part : parts) {
      value = Attributes.item(value, part);
      if (value instanceof Undefined) {
        value = otherwise.orElse(value);
      }
    }
    Optional<String> text = folded ? Types.text(value) : Optional.empty();
    return text.isPresent() ? Cases.lower(text.get()) : value;
  }
}
