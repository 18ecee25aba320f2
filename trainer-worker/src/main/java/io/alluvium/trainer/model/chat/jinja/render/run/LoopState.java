package io.alluvium.trainer.model.chat.jinja.render.run;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.call.Callable;
import io.alluvium.trainer.model.chat.jinja.python.operate.Compare;
import io.alluvium.trainer.model.chat.jinja.python.type.Undefined;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import io.alluvium.trainer.model.chat.jinja.python.value.Tuple;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/** The variable {@code loop}. */
public final class LoopState implements Callable {
  private final Iterator<Object> elements;
  private final Deque<Object> ahead = new ArrayDeque<>();
  private final Optional<Recursion> recursion;
  private final int depth;

  private int index = -1;
  private Optional<Object> before = Optional.empty();
  private Optional<Object> current = Optional.empty();
  private Optional<Object> lastChanged = Optional.empty();

  /**
   * A loop over these elements, in loops {@code depth} deep; {@code recursion} where it may call
   * itself.
   */
  public LoopState(Iterator<Object> elements, Optional<Recursion> recursion, int depth) {
    this.elements = elements;
    this.recursion = recursion;
    this.depth = depth;
  }

  /** Goes through further elements with the same body. */
  public interface Recursion {
    /** Gives what the body writes. */
    String render(Object elements, int depth);
  }

  /** Whether an element is left. */
  public boolean more() {
    return !ahead.isEmpty() || elements.hasNext();
  }

  /** Goes on to the next element and returns it. */
  public Object next() {
    Object next = ahead.isEmpty() ? elements.next() : ahead.removeFirst();
    index++;
    before = current;
    current = Optional.of(next);
    return next;
  }

  private int length() {
    elements.forEachRemaining(ahead::addLast);
    return index + 1 + ahead.size();
  }

  @Override
  public Object call(Arguments arguments) {
    Recursion again =
        recursion.orElseThrow(
            () ->
                new PythonError(
                    "The loop must have the 'recursive' marker to be called recursively."));
    return again.render(arguments.bind("loop()", "iterable").get(0), depth + 1);
  }

  @Override
  public Optional<Object> attribute(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "index" -> BigInteger.valueOf(index + 1L);
          case "index0" -> BigInteger.valueOf(index);
          case "first" -> index == 0;
          case "last" -> !more();
          case "length" -> BigInteger.valueOf(length());
          case "revindex" -> BigInteger.valueOf((long) length() - index);
          case "revindex0" -> BigInteger.valueOf(length() - index - 1L);
          case "depth" -> BigInteger.valueOf(depth + 1L);
          case "depth0" -> BigInteger.valueOf(depth);
          case "previtem" ->
              index == 0 ? Undefined.of("there is no previous item") : before.orElseThrow();
          case "nextitem" -> nextItem();
          case "cycle" -> (Callable) this::cycle;
          case "changed" -> (Callable) this::changed;
          default -> null;
        });
  }

  private Object nextItem() {
    if (ahead.isEmpty() && elements.hasNext()) {
      ahead.addLast(elements.next());
    }
    return ahead.isEmpty() ? Undefined.of("there is no next item") : ahead.getFirst();
  }

  private Object cycle(Arguments arguments) {
    if (arguments.positional().isEmpty()) {
      throw new PythonError("no items for cycling given");
    }
    return arguments.positional().get(index % arguments.positional().size());
  }

  private Object changed(Arguments arguments) {
    Tuple now = new Tuple(arguments.positional());
    boolean same = lastChanged.isPresent() && Compare.equal(lastChanged.get(), now);
    lastChanged = Optional.of(now);
    return !same;
  }

  @Override
  public String type() {
    return "LoopContext";
  }

  @Override
  public String repr() {
    return "<LoopContext %d/%d>".formatted(index + 1, length());
  }
}
