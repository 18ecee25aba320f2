package io.alluvium.trainer.program.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What computes.
 *
 * @param gpu number of the NVIDIA GPU among those that the process sees; -1 for the CPU
 */
public record Device(int gpu) {
  /** The processor. */
  public static final Device CPU = new Device(-1);

  private static final Pattern NAMES = Pattern.compile("cpu|cuda(?::(\\d{1,2}))?");

  /**
   * Reads {@code cpu}, {@code cuda} (the first GPU) or {@code cuda:N}, in letters of any case.
   *
   * @throws IllegalArgumentException for any other name
   */
  @JsonCreator
  public static Device of(String name) {
    Matcher matcher = NAMES.matcher(name.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "base.device is '" + name + "', want CPU, CUDA or cuda:N with the number of a GPU");
    }
    if (matcher.group().equals("cpu")) {
      return CPU;
    }
    return new Device(matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1)));
  }

  /** Whether it is the processor. */
  public boolean isCpu() {
    return gpu < 0;
  }

  /** As PyTorch calls it. */
  public String torchName() {
    return isCpu() ? "cpu" : "cuda:" + gpu;
  }

  /** As configurations call it. */
  @JsonValue
  @Override
  public String toString() {
    if (isCpu()) {
      return "CPU";
    }
    return gpu == 0 ? "CUDA" : torchName();
  }
}
