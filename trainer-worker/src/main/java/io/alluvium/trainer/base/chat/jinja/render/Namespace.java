package io.alluvium.trainer.base.chat.jinja.render;

import io.alluvium.trainer.base.chat.jinja.python.Arguments;
import io.alluvium.trainer.base.chat.jinja.python.Dict;
import io.alluvium.trainer.base.chat.jinja.python.PythonObject;
import io.alluvium.trainer.base.chat.jinja.python.Repr;
import java.util.Optional;

/** What {@code namespace()} gives: attributes that a template may set from any scope. */
final class Namespace implements PythonObject {
  private final Dict attributes;

  Namespace(Arguments arguments) {
    attributes = Builtins.dict(arguments);
  }

  void set(String name, Object value) {
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
