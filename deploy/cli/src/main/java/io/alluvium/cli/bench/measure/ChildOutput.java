package io.alluvium.cli.bench.measure;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.AppSpec;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A child process that is waited for.
 *
 * @param command and its arguments
 */
public record ChildOutput(List<String> command) {
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  /**
   * A program of ours, run by the JVM that runs this one.
   *
   * @param classPath as after {@code -cp}
   * @param program its main class, and what stands before and after it
   */
  public static ChildOutput ofJava(String classPath, Program program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(program.options());
    command.addAll(List.of("-cp", classPath, program.main().getName()));
    command.addAll(program.arguments());
    return new ChildOutput(List.copyOf(command));
  }

  /** One of the benches of streams-app, with that module's class path. */
  public static ChildOutput ofStreamsBench(Program program) {
    return ofJava(
        AppSpec.classPath("streams-app/bench", "alluvium-streams-bench").stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)),
        program);
  }

  /**
   * What of a Java program is run.
   *
   * @param main class
   * @param options of the JVM
   * @param arguments of the program
   */
  public record Program(Class<?> main, List<String> options, List<String> arguments) {}

  /**
   * Runs it; what it says besides goes where our own messages go.
   *
   * @return the last line of its standard output; empty where it printed none
   * @throws CommandException when it cannot start or fails
   */
  public String lastLine() {
    Process child = start();
    try {
      return ended(child, lastLine(child));
    } catch (IOException broken) {
      throw CommandException.failed(
          "cannot read from %s: %s".formatted(command.get(0), broken.getMessage()), broken);
    }
  }

  /**
   * Starts it; the caller reads what it prints.
   *
   * @throws CommandException when it cannot start
   */
  public Process start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    // Where no launcher has said more: threads that wait do not spin.
    builder.environment().putIfAbsent(WAIT_POLICY, "PASSIVE");
    try {
      return builder.start();
    } catch (IOException absent) {
      throw CommandException.failed(
          "cannot run %s: %s".formatted(command.get(0), absent.getMessage()), absent);
    }
  }

  private String ended(Process child, String line) {
    try {
      int code = child.waitFor();
      if (code != 0) {
        throw CommandException.failed(
            "%s ended with %d; its message stands above".formatted(command.get(0), code));
      }
      return line;
    } catch (InterruptedException stop) {
      child.destroy();
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while measuring", stop);
    }
  }

  private static String lastLine(Process child) throws IOException {
    String last = "";
    try (InputStream out = child.getInputStream()) {
      for (String line : new String(out.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        last = line;
      }
    }
    return last;
  }
}
