package io.alluvium.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.stack.junit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The systemd units, as systemd itself reads them. */
class SystemdTest {
  private static final Path UNITS =
      Path.of(System.getProperty("alluvium.home", "../.."), "deploy", "systemd");
  private static final String INSTALLED = "/opt/alluvium/deploy/alluvium";

  @ParameterizedTest
  @ValueSource(
      strings = {"alluvium-streams.service", "alluvium-score@.service", "alluvium-train@.service"})
  void neverStartsAgainWhatOnlyAPersonCanPutRightAndGivesUpAtLast(String unit) throws IOException {
    assertThat(Files.readAllLines(UNITS.resolve(unit)))
        .contains(
            "Restart=on-failure",
            "RestartPreventExitStatus=2",
            "StartLimitBurst=8",
            "KillSignal=SIGTERM",
            "NoNewPrivileges=yes")
        .anyMatch(line -> line.startsWith("ExecStart=" + INSTALLED + " run "))
        .anyMatch(line -> line.startsWith("TimeoutStopSec="));
  }

  @Test
  void systemdFindsNoFault(@TempDir Path folder) throws Exception {
    Requirement.program("systemd-analyze", "systemd");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify"));
    try (Stream<Path> units = Files.list(UNITS)) {
      for (Path unit : units.filter(file -> file.toString().endsWith(".service")).toList()) {
        command.add(installed(unit, folder).toString());
      }
    }
    assertThat(command).hasSize(5);

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).doesNotContain(folder.toString());
  }

  /** With a program that is there: this machine has nothing under /opt. */
  private static Path installed(Path unit, Path folder) throws IOException {
    String text = Files.readString(unit).replace(INSTALLED, "/bin/true");
    return Files.writeString(folder.resolve(unit.getFileName()), text);
  }
}
