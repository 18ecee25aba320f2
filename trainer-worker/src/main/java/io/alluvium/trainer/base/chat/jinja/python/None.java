package io.alluvium.trainer.base.chat.jinja.python;

/** Python's {@code None}. */
public enum None {
  /** The one. */
  NONE
}
