package io.alluvium.trainer.model.chat.jinja.render;

import static java.util.Map.entry;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Bound;
import io.alluvium.trainer.model.chat.jinja.python.type.Keys;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.Generator;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.render.path.Order;
import io.alluvium.trainer.model.chat.jinja.render.path.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Filters that choose, order or change elements one by one. */
final class ChoiceFilters {
  static final Map<String, Filters.Filter> FILTERS =
      Map.ofEntries(
          entry("select", (v, a) -> choose(v, () -> check(a))),
          entry("reject", (v, a) -> choose(v, () -> check(a).negate())),
          entry("selectattr", (v, a) -> choose(v, () -> attribute(a))),
          entry("rejectattr", (v, a) -> choose(v, () -> attribute(a).negate())),
          entry("map", ChoiceFilters::map),
          entry("unique", ChoiceFilters::unique),
          entry("sort", ChoiceFilters::sort),
          entry("min", (v, a) -> extreme("min", v, a)),
          entry("max", (v, a) -> extreme("max", v, a)),
          entry("groupby", ChoiceFilters::groupBy));

  private ChoiceFilters() {}

  /** Something that is made when the first element is wanted, as in a generator of Python. */
  private interface Later<T> {
    T make();
  }

  private static Object choose(Object value, Later<Predicate<Object>> condition) {
    return new Generator(
        new Lazy(
            () ->
                Types.truth(value)
                    ? new Executor.Chosen(Types.iterate(value), condition.make())
                    : List.<Object>of().iterator()));
  }

  /** An iterator that begins when it is asked. */
  private static final class Lazy implements Iterator<Object> {
    private final Later<Iterator<Object>> later;
    private Optional<Iterator<Object>> begun = Optional.empty();

    Lazy(Later<Iterator<Object>> later) {
      this.later = later;
    }

    private Iterator<Object> begun() {
      if (begun.isEmpty()) {
        begun = Optional.of(later.make());
      }
      return begun.get();
    }

    @Override
    public boolean hasNext() {
      return begun().hasNext();
    }

    @Override
    public Object next() {
      return begun().next();
    }
  }

  private static Predicate<Object> check(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      return Types::truth;
    }
    String test = Repr.str(arguments.positional().get(0));
    Arguments rest = arguments.tail(1);
    return element -> Tests.holds(test, element, rest);
  }

  private static Predicate<Object> attribute(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new PythonError("Missing parameter for attribute name");
    }
    Path path = Path.of(arguments.positional().get(0));
    Predicate<Object> check = check(arguments.tail(1));
    return element -> check.test(path.from(element));
  }

  private static Object map(Object value, Arguments arguments) {
    return new Generator(
        new Lazy(
            () -> {
              if (!Types.truth(value)) {
                return List.<Object>of().iterator();
              }
              UnaryOperator<Object> change = change(arguments);
              Iterator<Object> elements = Types.iterate(value);
              return new Iterator<>() {
                @Override
                public boolean hasNext() {
                  return elements.hasNext();
                }

                @Override
                public Object next() {
                  return change.apply(elements.next());
                }
              };
            }));
  }

  private static UnaryOperator<Object> change(Arguments arguments) {
    if (arguments.positional().isEmpty() && arguments.keywords().containsKey("attribute")) {
      Bound bound = arguments.bind("filter 'map'", "attribute", "default?");
      return Path.of(bound.get(0)).orElse(bound.some(1))::from;
    }
    if (arguments.positional().isEmpty()) {
      throw new PythonError("map requires a filter argument");
    }
    String filter = Repr.str(arguments.positional().get(0));
    Arguments rest = arguments.tail(1);
    return element -> Filters.apply(filter, element, rest);
  }

  private static Path path(Bound bound, int caseAt, int attributeAt) {
    return bound.some(attributeAt).map(Path::of).orElse(Path.SELF).folding(!bound.truth(caseAt));
  }

  private static Object unique(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'unique'", "case_sensitive?", "attribute?");
    Path path = path(bound, 0, 1);
    Set<Object> seen = new HashSet<>();
    return new Generator(
        new Lazy(
            () ->
                new Executor.Chosen(
                    Types.iterate(value), element -> seen.add(Keys.of(path.from(element))))));
  }

  private static Object sort(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'sort'", "reverse?", "case_sensitive?", "attribute?");
    List<Path> keys = new ArrayList<>();
    boolean fold = !bound.truth(1);
    Object attribute = bound.get(2, None.NONE);
    if (Types.text(attribute).isPresent()) {
      for (String part : Repr.str(attribute).split(",", -1)) {
        keys.add(Path.of(part).folding(fold));
      }
    } else {
      keys.add(path(bound, 1, 2));
    }
    return new Order(keys, bound.truth(0)).sorted(Types.list(value));
  }

  private static Object extreme(String name, Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter '" + name + "'", "case_sensitive?", "attribute?");
    Order order = new Order(path(bound, 0, 1), false);
    int wanted = name.equals("min") ? -1 : 1;
    Iterator<Object> each = Types.iterate(value);
    if (!each.hasNext()) {
      return Undefined.of("No aggregated item, sequence was empty.");
    }
    Object best = each.next();
    while (each.hasNext()) {
      Object next = each.next();
      best = order.compare(next, best) == wanted ? next : best;
    }
    return best;
  }

  private static Object groupBy(Object value, Arguments arguments) {
    Bound bound = arguments.bind("filter 'groupby'", "attribute", "default?", "case_sensitive?");
    Path plain = Path.of(bound.get(0)).orElse(bound.some(1));
    Path path = plain.folding(!bound.truth(2));
    Map<Object, List<Object>> groups = new LinkedHashMap<>();
    for (Object element : new Order(path, false).sorted(Types.list(value))) {
      groups.computeIfAbsent(Keys.of(path.from(element)), k -> new ArrayList<>()).add(element);
    }
    List<Object> all = new ArrayList<>();
    groups
        .values()
        .forEach(group -> all.add(SequenceFilters.group(plain.from(group.get(0)), group)));
    return all;
  }
}
