package io.alluvium.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.supervise.Lifetime;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StackConfigTest {
  private final StackConfig config = StackConfig.in(Path.of("data"));

  @Test
  void hasTheCustomaryPortsAndOutlivesItsProgram() {
    assertThat(config.kafkaPort()).isEqualTo(9092);
    assertThat(config.registryPort()).isEqualTo(8081);
    assertThat(config.lifetime()).isEqualTo(Lifetime.DETACHED);
    assertThat(config.data()).isAbsolute();
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThatThrownBy(() -> config.withPorts(70_000, 0))
        .isInstanceOf(SetupException.class)
        .hasMessage("Kafka port 70000 is no port; name one up to 65535, or 0 for any free one");
  }

  @Test
  void refusesOnePortForBoth() {
    assertThatThrownBy(() -> config.withPorts(9_000, 9_000))
        .isInstanceOf(SetupException.class)
        .hasMessage("Kafka port and registry port are both 9000; name two, or 0 for any free one");
  }
}
