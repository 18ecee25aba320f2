package io.alluvium.trainer.base.chat.jinja.render;

/** How a statement ended. */
enum Flow {
  /** As usual. */
  ON,
  /** This round of the loop is over. */
  NEXT,
  /** The loop is over. */
  OUT
}
