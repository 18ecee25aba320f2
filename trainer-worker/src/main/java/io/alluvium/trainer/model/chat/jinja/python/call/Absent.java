package io.alluvium.trainer.model.chat.jinja.python.call;

/** Stands where nothing was given. */
enum Absent {
  ABSENT
}
