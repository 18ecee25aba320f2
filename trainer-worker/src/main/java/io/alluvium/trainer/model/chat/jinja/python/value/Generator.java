package io.alluvium.trainer.model.chat.jinja.python.value;

import java.util.Iterator;

/** A sequence that can be gone through once, is always true and has no length. One thread. */
public final class Generator implements PythonObject, Iterator<Object> {
  private final Iterator<Object> elements;

  /** Takes over an iterator. */
  public Generator(Iterator<Object> elements) {
    this.elements = elements;
  }

  @Override
  public boolean hasNext() {
    return elements.hasNext();
  }

  @Override
  public Object next() {
    return elements.next();
  }

  @Override
  public String type() {
    return "generator";
  }

  @Override
  public String repr() {
    throw new PythonError("a generator cannot be written as text, pipe it through list first");
  }
}
