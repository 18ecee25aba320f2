package io.alluvium.trainer.program.text;

import io.alluvium.trainer.program.device.Device;

/** Which operations a program may use. */
public enum Kernels {
  /** Those that only the CPU has, too: its fused attention, in fp32 and drawn back by itself. */
  CPU,
  /**
   * Those that every device has; attention is in the data type of the weights, which a GPU's fused
   * kernels want, and is differentiated automatically.
   */
  ANY;

  /** Those of a device. */
  public static Kernels of(Device device) {
    return device.isCpu() ? CPU : ANY;
  }
}
