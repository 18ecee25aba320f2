package io.alluvium.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import io.alluvium.schemas.setup.TopicSetup;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A broker that stands still and a registry that is gone: one line and exit 3, never a trace. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProduceFaultIT {
  @RegisterExtension static final LocalStackExtension STACK = LocalStackExtension.own();

  private static final String LINE = "{\"prompt\":\"a\",\"completion\":\"b\"}\n";

  @TempDir private Path folder = Path.of("");
  private final LocalStack stack;

  ProduceFaultIT(LocalStack stack) {
    this.stack = stack;
  }

  @BeforeEach
  void createTopics() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      TopicSetup.ensure(admin, new Topics("", 2).all());
    }
  }

  @AfterEach
  void wake() {
    stack.resume("broker");
  }

  @Test
  void registryThatIsGoneIsOneLineAndExitThree() throws IOException {
    Cli.Result result = Cli.runWithInput(LINE, arguments("http://127.0.0.1:1"));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("the schema registry does not answer (")
        .doesNotContain("Exception", "java.");
  }

  @Test
  void brokerThatStopsInTheMiddleIsOneLineAfterTheDeliveryTimeout() throws IOException {
    InputStream lines = StoppingInput.of(LINE, () -> stack.pause("broker"));
    Cli.Result result = Cli.runWithInput(lines, arguments(stack.registryUrl()));
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .startsWith("the broker took ")
        .contains("nothing is doubled")
        .doesNotContain("Exception", "java.");
  }

  private String[] arguments(String registry) throws IOException {
    Path config =
        Files.write(
            folder.resolve("client.properties"),
            List.of(
                "bootstrap.servers=" + stack.bootstrapServers(),
                "schema.registry.url=" + registry,
                "request.timeout.ms=2000",
                "delivery.timeout.ms=4000",
                "max.block.ms=4000",
                "max.retries=0"));
    return new String[] {
      "produce", "--data=" + folder, "--config=" + config, "--adapter=support", "-"
    };
  }
}
