package io.alluvium.trainer.model.chat.jinja.python.type;

import io.alluvium.trainer.model.chat.jinja.python.value.None;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonError;

/**
 * What a name without a value gives: prints as nothing, is false and empty, and fails in every
 * other use.
 *
 * @param message why it is undefined
 * @param unsafe whether it stands for something that the sandbox forbids
 */
public record Undefined(String message, boolean unsafe) {
  /** A variable that nobody set. */
  public static Undefined name(String name) {
    return of(Repr.repr(name) + " is undefined");
  }

  /** Something that is not there. */
  public static Undefined of(String message) {
    return new Undefined(message, false);
  }

  /** An attribute or element that an object has not. */
  public static Undefined of(Object owner, Object key) {
    String type = owner instanceof None ? "None" : Types.name(owner) + " object";
    return key instanceof String name
        ? of(Repr.repr(type) + " has no attribute " + Repr.repr(name))
        : of(type + " has no element " + Repr.repr(key));
  }

  /** An attribute that the sandbox hides. */
  public static Undefined unsafe(Object owner, String name) {
    return new Undefined(
        "access to attribute %s of %s object is unsafe"
            .formatted(Repr.repr(name), Repr.repr(Types.name(owner))),
        true);
  }

  /** The failure of using it. */
  public PythonError failure() {
    return new PythonError(message);
  }
}
