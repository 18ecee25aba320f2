package io.alluvium.trainer.round;

import io.alluvium.trainer.publish.store.BrokenArtifactException;
import java.io.IOException;

/** Tells what a tensor call failed with from what a broker or a store did. */
final class Tensors {
  private Tensors() {}

  /** Work on tensors that may read and write files. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * What the work returns. Damaged folders and files that cannot be read or written are passed on
   * as they are.
   *
   * @throws TensorCallException for whatever else the work throws
   */
  static <T> T call(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (BrokenArtifactException damaged) {
      throw damaged;
    } catch (RuntimeException | LinkageError | StackOverflowError failed) {
      throw new TensorCallException(failed);
    }
  }
}
