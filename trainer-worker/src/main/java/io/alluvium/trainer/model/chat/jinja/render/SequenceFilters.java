package io.alluvium.trainer.model.chat.jinja.render;

import static java.util.Map.entry;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Bound;
import io.alluvium.trainer.model.chat.jinja.python.character.BoundedText;
import io.alluvium.trainer.model.chat.jinja.python.operate.Arithmetic;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.Generator;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import io.alluvium.trainer.model.chat.jinja.render.path.Order;
import io.alluvium.trainer.model.chat.jinja.render.path.Path;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Filters of lists, of other sequences and of dicts. */
final class SequenceFilters {
  static final Map<String, Filters.Filter> FILTERS =
      Map.ofEntries(
          entry("length", SequenceFilters::length),
          entry("count", SequenceFilters::length),
          entry("first", SequenceFilters::first),
          entry("last", SequenceFilters::last),
          entry("list", SequenceFilters::list),
          entry("join", SequenceFilters::join),
          entry("reverse", SequenceFilters::reverse),
          entry("items", SequenceFilters::items),
          entry("dictsort", SequenceFilters::dictsort),
          entry("sum", SequenceFilters::sum),
          entry("batch", SequenceFilters::batch),
          entry("slice", SequenceFilters::slice));

  private SequenceFilters() {}

  private static Object length(Object value, Arguments arguments) {
    arguments.bind("filter 'length'");
    return Types.length(value)
        .map(BigInteger::valueOf)
        .orElseThrow(
            () -> new PythonError("object of type '" + Types.name(value) + "' has no len()"));
  }

  private static Object first(Object value, Arguments arguments) {
    arguments.bind("filter 'first'");
    Iterator<Object> elements = Types.iterate(value);
    return elements.hasNext()
        ? elements.next()
        : Undefined.of("No first item, sequence was empty.");
  }

  private static Object last(Object value, Arguments arguments) {
    arguments.bind("filter 'last'");
    List<Object> elements = reversible(value);
    return elements.isEmpty()
        ? Undefined.of("No last item, sequence was empty.")
        : elements.get(elements.size() - 1);
  }

  private static List<Object> reversible(Object value) {
    if (Types.length(value).isEmpty()) {
      throw new PythonError("'" + Types.name(value) + "' object is not reversible");
    }
    return Types.list(value);
  }

  private static Object list(Object value, Arguments arguments) {
    arguments.bind("filter 'list'");
    return Types.list(value);
  }

  private static Object join(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'join'", "d?", "attribute?");
    String between = Repr.str(bound.get(0, ""));
    Optional<Path> path = bound.some(1).map(Path::of);
    BoundedText text = new BoundedText();
    Iterator<Object> each = Types.iterate(value);
    for (int n = 0; each.hasNext(); n++) {
      Object element = each.next();
      text.add(n == 0 ? "" : between).add(Repr.str(path.map(p -> p.from(element)).orElse(element)));
    }
    return text.toString();
  }

  private static Object reverse(Object value, Arguments arguments) {
    arguments.bind("filter 'reverse'");
    Optional<String> text = Types.text(value);
    if (text.isPresent()) {
      return new StringBuilder(text.get()).reverse().toString();
    }
    List<Object> elements = Types.list(value);
    Collections.reverse(elements);
    return value instanceof Generator ? elements : new Generator(elements.iterator());
  }

  private static Object items(Object value, Arguments arguments) {
    arguments.bind("filter 'items'");
    if (value instanceof Undefined) {
      return new Generator(Collections.emptyIterator());
    }
    if (!(value instanceof Dict dict)) {
      throw new PythonError("Can only get item pairs from a mapping.");
    }
    return new Generator(new ArrayList<Object>(dict.items()).iterator());
  }

  private static Object dictsort(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'dictsort'", "case_sensitive?", "by?", "reverse?");
    String by = Repr.str(bound.get(1, "key"));
    if (!by.equals("key") && !by.equals("value")) {
      throw new PythonError("You can only sort by either \"key\" or \"value\"");
    }
    Types.defined(value);
    if (!(value instanceof Dict dict)) {
      throw new PythonError("filter 'dictsort' wants a dict, not " + Types.name(value));
    }
    int column = by.equals("key") ? 0 : 1;
    Path path = Path.of(BigInteger.valueOf(column));
    return new Order(path.folding(!bound.truth(0)), bound.truth(2))
        .sorted(new ArrayList<>(dict.items()));
  }

  private static Object sum(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'sum'", "attribute?", "start?");
    Optional<Path> path = bound.some(0).map(Path::of);
    Object sum = bound.get(1, BigInteger.ZERO);
    if (Types.text(sum).isPresent()) {
      throw new PythonError("sum() can't sum strings");
    }
    for (Iterator<Object> each = Types.iterate(value); each.hasNext(); ) {
      Object element = each.next();
      sum = Arithmetic.apply("+", sum, path.map(p -> p.from(element)).orElse(element));
    }
    return sum;
  }

  private static Object batch(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'batch'", "linecount", "fill_with?");
    int size = bound.integer(0);
    List<Object> batches = new ArrayList<>();
    List<Object> batch = new ArrayList<>();
    for (Iterator<Object> each = Types.iterate(value); each.hasNext(); ) {
      if (batch.size() == size) {
        batches.add(batch);
        batch = new ArrayList<>();
      }
      batch.add(each.next());
    }
    if (!batch.isEmpty()) {
      BoundedText.check(size);
      int missing = size - batch.size();
      List<Object> last = batch;
      bound.some(1).ifPresent(fill -> last.addAll(Collections.nCopies(Math.max(0, missing), fill)));
      batches.add(batch);
    }
    return new Generator(batches.iterator());
  }

  private static Object slice(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'slice'", "slices", "fill_with?");
    int count = bound.integer(0);
    List<Object> all = Types.list(value);
    if (count == 0) {
      throw new PythonError("integer division or modulo by zero");
    }
    BoundedText.check(count);
    List<Object> slices = new ArrayList<>();
    int at = 0;
    for (int n = 0; n < count; n++) {
      boolean longer = n < all.size() % count;
      int size = all.size() / count + (longer ? 1 : 0);
      List<Object> slice = new ArrayList<>(all.subList(at, at + size));
      at += size;
      if (!longer) {
        bound.some(1).ifPresent(slice::add);
      }
      slices.add(slice);
    }
    return new Generator(slices.iterator());
  }

  /** Groups with what they have in common, for {@code groupby}. */
  static Tuple group(Object common, List<Object> members) {
    return new Tuple(List.of(common, members), List.of("grouper", "list"));
  }
}
