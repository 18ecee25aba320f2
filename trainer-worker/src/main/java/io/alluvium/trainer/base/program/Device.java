package io.alluvium.trainer.base.program;

/** What computes. */
public enum Device {
  CPU("cpu"),
  /** The first NVIDIA GPU that the process sees. */
  CUDA("cuda:0");

  private final String torchName;

  Device(String torchName) {
    this.torchName = torchName;
  }

  /** As PyTorch calls it. */
  String torchName() {
    return torchName;
  }
}
