package io.alluvium.trainer.program.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
  @ParameterizedTest
  @CsvSource({
    "CPU, cpu",
    "cpu, cpu",
    "CUDA, cuda:0",
    "cuda, cuda:0",
    "cuda:0, cuda:0",
    "cuda:3, cuda:3"
  })
  void isNamedAsPyTorchNamesIt(String name, String torchName) {
    assertThat(Device.of(name).torchName()).isEqualTo(torchName);
  }

  /** The first GPU keeps the name that it had before there were numbers, so digests stay. */
  @Test
  void configurationsReadWhatTheyWrite() {
    for (Device device : new Device[] {Device.CPU, new Device(0), new Device(3)}) {
      assertThat(Device.of(device.toString())).isEqualTo(device);
    }
    assertThat(new Device(0)).hasToString("CUDA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "tpu", "cuda:", "cuda:-1", "cuda:100", "cpu:0"})
  void anyOtherNameIsRefused(String name) {
    assertThatThrownBy(() -> Device.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "base.device is '" + name + "', want CPU, CUDA or cuda:N with the number of a GPU");
  }
}
