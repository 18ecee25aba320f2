package io.alluvium.trainer.need;

/**
 * Memory of one process by what it is for, bytes; and the disk that each version takes.
 *
 * @param mappedWeights weights that processes share as pages of the file
 * @param ownWeights weights that the process has for itself
 * @param pass the largest pass through the model
 * @param adapter adapters, their moments and gradients
 * @param anchors what the base makes of anchors, remembered
 * @param program the JVM with its heap, and libtorch
 * @param versionDisk bytes of one version's folder
 */
public record Need(
    long mappedWeights,
    long ownWeights,
    long pass,
    long adapter,
    long anchors,
    long program,
    long versionDisk) {

  /** All of the memory. */
  public long bytes() {
    return mappedWeights + anonymous();
  }

  /** What no other process can share and no file can give back. */
  public long anonymous() {
    return ownWeights + pass + adapter + anchors + program;
  }
}
