package io.alluvium.trainer.model.chat.jinja.python.call;

import io.alluvium.trainer.model.chat.jinja.python.type.Types;
import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;
import java.util.List;
import java.util.Optional;

/** Arguments by the places of their parameters, from 0. */
public final class Bound {
  private final String function;
  private final List<Object> values;

  Bound(String function, List<Object> values) {
    this.function = function;
    this.values = values;
  }

  /** One that must be there. */
  public Object get(int at) {
    return values.get(at);
  }

  /** One, if it was given. */
  public Optional<Object> given(int at) {
    return values.get(at) == Absent.ABSENT ? Optional.empty() : Optional.of(values.get(at));
  }

  /** One, if it was given and is not None. */
  public Optional<Object> some(int at) {
    return given(at).filter(value -> value != None.NONE);
  }

  /** One, or what stands for it. */
  public Object get(int at, Object otherwise) {
    return given(at).orElse(otherwise);
  }

  /** A text that must be there. */
  public String text(int at) {
    return text(get(at));
  }

  /** A text, if it was given and is not None. */
  public Optional<String> someText(int at) {
    return some(at).map(this::text);
  }

  /** An integer that must be there. */
  public int integer(int at) {
    return integer(get(at));
  }

  /** An integer, or what stands for it. */
  public int integer(int at, int otherwise) {
    return given(at).map(this::integer).orElse(otherwise);
  }

  /** Whether one counts as true; false where it was not given. */
  public boolean truth(int at) {
    return given(at).map(Types::truth).orElse(false);
  }

  private String text(Object value) {
    return Types.text(value)
        .orElseThrow(
            () ->
                new PythonError(
                    "%s wants a string, not %s".formatted(function, Types.name(value))));
  }

  private int integer(Object value) {
    return Types.index(value)
        .orElseThrow(
            () ->
                new PythonError(
                    "%s: '%s' object cannot be interpreted as an integer"
                        .formatted(function, Types.name(value))));
  }
}
