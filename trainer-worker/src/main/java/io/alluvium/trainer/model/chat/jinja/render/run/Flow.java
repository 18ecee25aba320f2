package io.alluvium.trainer.model.chat.jinja.render.run;

/** How a statement ended. */
public enum Flow {
  /** As usual. */
  ON,
  /** This round of the loop is over. */
  NEXT,
  /** The loop is over. */
  OUT
}
