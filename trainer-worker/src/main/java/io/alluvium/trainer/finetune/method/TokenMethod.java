package io.alluvium.trainer.finetune.method;

import io.alluvium.trainer.program.loss.TokenText;

/** A method that acts on single tokens of what is learned. */
public interface TokenMethod extends Method {

  /** What it does, as text of the training program. */
  TokenText text();
}
