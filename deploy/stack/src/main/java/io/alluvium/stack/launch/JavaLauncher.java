package io.alluvium.stack.launch;

import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.Pause;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StartException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts Java programs with the JVM that runs this one.
 *
 * <p>A program is started through an argument file at a place that is only its own. So its command
 * line stays short, a person can start it again by hand, and a process that was started but never
 * noted down is still found.
 */
public final class JavaLauncher {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final ProcessFolder folder;

  /**
   * @param folder where the processes live
   */
  public JavaLauncher(ProcessFolder folder) {
    this.folder = folder;
  }

  /**
   * Starts a program; its output is appended to its log.
   *
   * @param name what people call it
   * @param program what to start
   * @throws StartException when it ends at once
   */
  public ChildProcess launch(String name, JavaProgram program) {
    program.writeTo(folder.arguments(name));
    return relaunch(name);
  }

  /**
   * Starts a program as it was last started.
   *
   * @param name what people call it
   * @throws StartException when it ends at once
   */
  public ChildProcess relaunch(String name) {
    Process process = start(name);
    ChildProcess child =
        ChildProcess.of(name, process.pid())
            .orElseThrow(
                () -> new StartException(name + " ended at once; see " + folder.log(name)));
    note(child);
    return child;
  }

  /**
   * Runs a program to its end.
   *
   * @param name what people call it
   * @param program what to run
   * @param within how long it may take
   * @throws StartException when it fails or takes longer
   */
  public void run(String name, JavaProgram program, Duration within) {
    program.writeTo(folder.arguments(name));
    Process process = start(name);
    try {
      if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new StartException(
            name + " did not end within " + within.toSeconds() + " s; see " + folder.log(name));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw Pause.interrupted(e);
    }
    if (process.exitValue() != 0) {
      throw new StartException(
          name
              + " failed with exit code "
              + process.exitValue()
              + ": "
              + LogTail.reason(folder.log(name)));
    }
  }

  /** Living processes that were started through this name's argument file, noted down or not. */
  public List<ChildProcess> running(String name) {
    String argumentFile = "@" + folder.arguments(name);
    return ProcessHandle.allProcesses()
        .filter(handle -> mentions(handle, argumentFile))
        .flatMap(handle -> ChildProcess.of(name, handle.pid()).stream())
        .toList();
  }

  private static boolean mentions(ProcessHandle handle, String argument) {
    Optional<String[]> arguments = handle.info().arguments();
    return arguments.isPresent() && List.of(arguments.get()).contains(argument);
  }

  private Process start(String name) {
    File log = folder.log(name).toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command(folder.arguments(name)))
            .directory(folder.of(name).toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log));
    try {
      LogTail.mark(log.toPath(), name);
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new StartException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  /** A session of its own keeps the terminal's Ctrl-C and hang-up away from the child. */
  private static List<String> command(Path argumentFile) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + argumentFile);
    return command;
  }

  private void note(ChildProcess child) {
    try {
      Files.writeString(folder.pid(child.name()), child.pid() + "\n");
    } catch (IOException e) {
      throw new SetupException("cannot write to " + folder.data() + ": " + e.getMessage(), e);
    }
  }
}
