package io.alluvium.trainer.model.chat.jinja.tree;

import java.util.List;

/** What is assigned to. */
public sealed interface Target {
  /** All names it sets, in order. */
  List<String> names();

  /** All namespaces it writes into, in order. */
  List<String> namespaces();

  /** A variable. */
  record Variable(String name) implements Target {
    @Override
    public List<String> names() {
      return List.of(name);
    }

    @Override
    public List<String> namespaces() {
      return List.of();
    }
  }

  /** An attribute of a namespace. */
  record Field(String namespace, String name) implements Target {
    @Override
    public List<String> names() {
      return List.of();
    }

    @Override
    public List<String> namespaces() {
      return List.of(namespace);
    }
  }

  /** As many as the value has elements. */
  record Several(List<Target> parts) implements Target {
    @Override
    public List<String> names() {
      return parts.stream().flatMap(part -> part.names().stream()).toList();
    }

    @Override
    public List<String> namespaces() {
      return parts.stream().flatMap(part -> part.namespaces().stream()).toList();
    }
  }
}
