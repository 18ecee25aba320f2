package io.alluvium.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.Cli;
import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.junit.LocalStackExtension;
import io.alluvium.stack.launch.JavaProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Roles as a supervisor starts them: through the launcher, in the foreground. */
@ExtendWith(LocalStackExtension.class)
class RunIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("alluvium.home", "../..")).resolve("deploy/alluvium");

  private final LocalStack stack;
  private final Path data;

  RunIT(LocalStack stack, @TempDir Path data) {
    this.stack = stack;
    this.data = data;
  }

  @Test
  void roleRunsUntilItIsAskedToEndAndEndsWithItsOwnCode() throws Exception {
    AppSpec streams = specs().get(0);
    Process role = start("run", "streams", "--config", config("streams-app.yaml"));
    try {
      Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> healthy(streams.health()));
      role.destroy();
      assertThat(role.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      role.destroyForcibly();
    }
    assertThat(role.exitValue()).isZero();
  }

  @Test
  void faultOfTheRoleIsTheCommands() throws Exception {
    Path wrong = Files.writeString(data.resolve("wrong.yaml"), "nonsense: 1\n");
    for (String role : List.of("streams", "train")) {
      Process ended = start("run", role, "--config", wrong.toString());
      assertThat(ended.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(ended.exitValue()).isEqualTo(2);
      assertThat(Files.readString(data.resolve("output"))).contains("wrong.yaml: ");
    }
  }

  @Test
  void rolesAreThoseThatUpStarts() {
    List<AppSpec> specs = specs();
    List<Role> roles = List.of(Role.values());
    for (int n = 0; n < roles.size(); n++) {
      AppSpec spec = specs.get(n);
      JavaProgram program =
          roles
              .get(n)
              .program(Path.of(spec.arguments().get(spec.arguments().size() - 1)), List.of());
      assertThat(program.main()).isEqualTo(spec.mainClass());
      assertThat(program.classPath()).isEqualTo(spec.classPath());
      assertThat(program.arguments()).isEqualTo(spec.arguments());
      assertThat(program.options()).containsAll(spec.jvmOptions());
    }
  }

  @Test
  void missingConfigurationIsOneLine() {
    Cli.Result result = Cli.run("run", "score", "--config", "nowhere.yaml");
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly("no file nowhere.yaml: name the configuration of the role with --config");
  }

  private List<AppSpec> specs() {
    ClientSettings clients =
        new ClientSettings(
            Map.of(
                ClientSettings.BOOTSTRAP, stack.bootstrapServers(),
                ClientSettings.REGISTRY, stack.registryUrl(),
                ClientSettings.TOPIC_PREFIX, "run-it."));
    ModelPlan model = ModelPlan.of(ShippedBase.folder(), List.of(), null);
    return new AppPlan(new DataFolder(data), clients, MetricsPorts.free(), model, Map.of()).write();
  }

  private String config(String name) {
    return new DataFolder(data).config().resolve(name).toString();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("output").toFile());
    builder.environment().put("ALLUVIUM_BUILT", "1");
    return builder.start();
  }

  private static boolean healthy(URI health) {
    try (InputStream answer = health.toURL().openStream()) {
      return answer.read() >= 0;
    } catch (IOException notYet) {
      return false;
    }
  }
}
