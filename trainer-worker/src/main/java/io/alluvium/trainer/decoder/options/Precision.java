package io.alluvium.trainer.decoder.options;

import io.alluvium.trainer.program.device.DataType;

/** Which data type the frozen weights are to have. */
public enum Precision {
  /** bf16 where the CPU has units for it, else fp32. */
  AUTO,
  /** Always fp32. */
  FP32,
  /** Always bf16. */
  BF16;

  /** The data type on this machine. */
  public DataType dataType() {
    return switch (this) {
      case AUTO -> DataType.ofMachine();
      case FP32 -> DataType.FP32;
      case BF16 -> DataType.BF16;
    };
  }
}
