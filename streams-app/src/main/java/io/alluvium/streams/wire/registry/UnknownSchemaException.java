package io.alluvium.streams.wire.registry;

/** The registry answered that it does not know a schema. */
public final class UnknownSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownSchemaException(String url, Throwable cause) {
    super("unknown to schema registry " + url, cause);
  }
}
