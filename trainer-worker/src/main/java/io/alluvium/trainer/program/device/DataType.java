package io.alluvium.trainer.program.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** In what the frozen weights are held and multiplied. Adapters and sums stay fp32. */
public enum DataType {
  /** 32 bits: what the parity figures are stated for. */
  FP32,
  /** 16 bits with the range of fp32: half the memory, and faster where the CPU multiplies it. */
  BF16;

  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  /** The faster one on this machine: {@link #BF16} where the CPU has units for it. */
  public static DataType ofMachine() {
    return hasBf16Units(cpuInfo()) ? BF16 : FP32;
  }

  /** In what weights of this type are multiplied here: fp32 on a CPU without units for bf16. */
  public DataType multiplied() {
    return EngineRuntime.device().isCpu() && Machine.TYPE == FP32 ? FP32 : this;
  }

  /** Looked at once. */
  private static final class Machine {
    static final DataType TYPE = ofMachine();
  }

  /** Whether a Linux description of a CPU names instructions that multiply bf16. */
  static boolean hasBf16Units(String cpuInfo) {
    return cpuInfo
        .lines()
        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
        .anyMatch(line -> line.matches(".*\\b(avx512_bf16|amx_bf16|bf16)\\b.*"));
  }

  private static String cpuInfo() {
    try {
      return Files.isReadable(CPU_INFO) ? Files.readString(CPU_INFO) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
