package io.alluvium.trainer.finetune.method;

import java.util.List;

/** A method that goes through a window's batches in an order of its own. */
public interface OrderMethod extends Method {

  /**
   * All batches in the order in which steps are made with them.
   *
   * @param epochs the batches of each epoch, breadth first
   */
  <T> List<T> order(List<List<T>> epochs);
}
