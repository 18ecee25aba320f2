package io.alluvium.stack.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.StartException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaLauncherTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final ProcessFolder folder;
  private final JavaLauncher launcher;

  JavaLauncherTest(@TempDir Path temporary) {
    folder = new ProcessFolder(temporary.resolve("a folder with \"quotes\" and \\"));
    launcher = new JavaLauncher(folder);
  }

  @BeforeEach
  void make() throws IOException {
    Files.createDirectories(folder.data());
  }

  @Test
  void handsArgumentsOverUnchanged() throws IOException {
    List<String> arguments =
        List.of("plain", "with blank", "\"quoted\"", "back\\slash", "#hash", "@at");

    launcher.run("echo", program(List.of("-Dsay=a b"), arguments), LONG);

    assertThat(Files.readAllLines(folder.log("echo")))
        .filteredOn(line -> !line.startsWith("---"))
        .containsExactly(
            "say=a b",
            "folder=" + folder.of("echo"),
            "plain",
            "with blank",
            "\"quoted\"",
            "back\\slash",
            "#hash",
            "@at");
  }

  @Test
  void saysWhyAProgramFailed() {
    assertThatThrownBy(() -> launcher.run("echo", program(List.of(), List.of("fail")), LONG))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "echo failed with exit code 1: Exception in thread \"main\""
                + " java.lang.IllegalArgumentException: told to (log: %s)",
            folder.log("echo"));
  }

  @Test
  void findsARunningProgramByItsArgumentFileAlone() {
    ChildProcess child = launcher.launch("echo", program(List.of(), List.of("wait")));
    try {
      assertThat(launcher.running("echo")).containsExactly(child);
      assertThat(launcher.running("ech")).isEmpty();
    } finally {
      child.kill();
    }
    assertThat(launcher.running("echo")).isEmpty();
  }

  @Test
  void fingerprintFollowsTheContentsOfNamedFiles() throws IOException {
    Path config = Files.writeString(folder.data().resolve("config"), "one");
    JavaProgram program = program(List.of(), List.of(config.toString()));
    String before = program.fingerprint();
    assertThat(program.fingerprint()).isEqualTo(before);

    Files.writeString(config, "two");

    assertThat(program.fingerprint()).isNotEqualTo(before);
  }

  private static JavaProgram program(List<String> options, List<String> arguments) {
    List<Path> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> entry.endsWith("test-classes"))
            .map(Path::of)
            .toList();
    return new JavaProgram(options, classPath, Echo.class.getName(), arguments);
  }
}
