package io.alluvium.trainer.base.chat.jinja.python;

/** Stands where nothing was given. */
enum Absent {
  ABSENT
}
