package io.alluvium.trainer.model.chat.jinja.render.builtin;

import io.alluvium.trainer.model.chat.jinja.python.call.Arguments;
import io.alluvium.trainer.model.chat.jinja.python.type.Dict;
import io.alluvium.trainer.model.chat.jinja.python.type.Repr;
import io.alluvium.trainer.model.chat.jinja.python.value.PythonObject;
import java.util.Optional;

/** What {@code namespace()} gives: attributes that a template may set from any scope. */
public final class Namespace implements PythonObject {
  private final Dict attributes;

  Namespace(Arguments arguments) {
    attributes = Builtins.dict(arguments);
  }

  /** Sets an attribute, as a template's assignment does. */
  public void set(String name, Object value) {
    attributes.put(name, value);
  }

  @Override
  public Optional<Object> attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public String type() {
    return "Namespace";
  }

  @Override
  public String repr() {
    return "<Namespace " + Repr.repr(attributes) + ">";
  }
}
