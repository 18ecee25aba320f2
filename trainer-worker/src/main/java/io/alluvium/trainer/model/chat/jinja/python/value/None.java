package io.alluvium.trainer.model.chat.jinja.python.value;

/** Python's {@code None}. */
public enum None {
  /** The one. */
  NONE
}
