package io.alluvium.trainer.model.chat.jinja.python.operate;

import io.alluvium.trainer.model.chat.jinja.python.type.DictView;
import io.alluvium.trainer.model.chat.jinja.python.type.Markup;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Range;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Elements by place, and slices. */
public final class Slices {
  private Slices() {}

  /** Element of a list, tuple, range or text; empty where there is none at that place. */
  public static Optional<Object> at(Object owner, int place) {
    List<Object> all = sequence(owner).orElse(List.of());
    int at = place < 0 ? place + all.size() : place;
    return at >= 0 && at < all.size() ? Optional.of(safe(owner, all.get(at))) : Optional.empty();
  }

  /** What can be indexed by place: not a dict, a view or a generator. */
  public static Optional<List<Object>> sequence(Object owner) {
    if (owner instanceof DictView || owner instanceof Undefined) {
      return Optional.empty();
    }
    Optional<String> text = Types.text(owner);
    return text.isPresent() ? text.map(Types::characters) : Types.elements(owner);
  }

  /**
   * As {@code owner[start:stop:step]}, None standing for what is left out.
   *
   * @throws PythonError where the owner has no slices
   */
  public static Object slice(Object owner, Object start, Object stop, Object step) {
    Types.defined(owner, start, stop, step);
    List<Object> all =
        sequence(owner)
            .orElseThrow(() -> new PythonError("'" + Types.name(owner) + "' object has no slices"));
    int by = step == None.NONE ? 1 : place(step);
    if (by == 0) {
      throw new PythonError("slice step cannot be zero");
    }
    int size = all.size();
    long from = start == None.NONE ? (by > 0 ? 0 : size - 1) : bound(place(start), size, by);
    long to = stop == None.NONE ? (by > 0 ? size : -1) : bound(place(stop), size, by);
    List<Object> taken = new ArrayList<>();
    for (long n = from; by > 0 ? n < to : n > to; n += by) {
      taken.add(all.get((int) n));
    }
    return like(owner, taken, new long[] {from, to, by});
  }

  private static Object like(Object owner, List<Object> taken, long[] places) {
    if (owner instanceof String || owner instanceof Markup) {
      return safe(owner, taken.stream().map(Repr::str).collect(Collectors.joining()));
    }
    if (owner instanceof Range range) {
      return new Range(
          range.start() + places[0] * range.step(),
          range.start() + places[1] * range.step(),
          range.step() * places[2]);
    }
    return owner instanceof Tuple ? new Tuple(taken) : taken;
  }

  private static Object safe(Object owner, Object part) {
    return owner instanceof Markup ? new Markup(Repr.str(part)) : part;
  }

  private static int bound(int place, int size, int step) {
    int at = place < 0 ? place + size : place;
    return step > 0 ? Math.max(0, Math.min(at, size)) : Math.max(-1, Math.min(at, size - 1));
  }

  private static int place(Object value) {
    BigInteger place =
        Types.integer(value)
            .orElseThrow(
                () ->
                    new PythonError(
                        "slice indices must be integers or None, not " + Types.name(value)));
    BigInteger most = BigInteger.valueOf(Integer.MAX_VALUE / 2);
    return place.min(most).max(most.negate()).intValue();
  }
}
