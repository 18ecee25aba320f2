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
  private static final Duration CHILD_WITHIN = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(5);

  /**
   * Waits for the program and writes its exit code down, which only a parent is told: whoever asks
   * why it ended may be none. The file is open from the start, so that nothing appears in a folder
   * that is being deleted.
   */
  private static final String WATCHED =
      "if true >exit; then exec 3>exit; else exec 3>/dev/null; fi; "
          + "\"$0\" \"@$1\" 3>&- & wait $!; echo $? >&3";

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
    forgetExit(name);
    Process watcher = start(name, List.of("sh", "-c", WATCHED, java(), arguments(name)));
    ChildProcess child =
        childOf(watcher)
            .flatMap(handle -> ChildProcess.of(name, handle.pid()))
            .orElseThrow(
                () -> new StartException(name + " ended at once; see " + folder.log(name)));
    note(child);
    return child;
  }

  private static Optional<ProcessHandle> childOf(Process watcher) {
    long deadlineNs = System.nanoTime() + CHILD_WITHIN.toNanos();
    Optional<ProcessHandle> child = watcher.children().findFirst();
    while (child.isEmpty() && watcher.isAlive() && System.nanoTime() < deadlineNs) {
      Pause.of(LOOK_EVERY);
      child = watcher.children().findFirst();
    }
    return child;
  }

  private void forgetExit(String name) {
    try {
      Files.deleteIfExists(folder.exit(name));
    } catch (IOException e) {
      throw new SetupException("cannot write to " + folder.data() + ": " + e.getMessage(), e);
    }
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
    Process process = start(name, List.of(java(), "@" + arguments(name)));
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
    String argumentFile = "@" + arguments(name);
    return ProcessHandle.allProcesses()
        .filter(handle -> mentions(handle, argumentFile))
        .flatMap(handle -> ChildProcess.of(name, handle.pid()).stream())
        .toList();
  }

  private static boolean mentions(ProcessHandle handle, String argument) {
    Optional<String[]> arguments = handle.info().arguments();
    return arguments.isPresent() && List.of(arguments.get()).contains(argument);
  }

  private Process start(String name, List<String> command) {
    File log = folder.log(name).toFile();
    ProcessBuilder builder =
        new ProcessBuilder(inOwnSession(command))
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
  private static List<String> inOwnSession(List<String> command) {
    List<String> whole = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      whole.add(SETSID.toString());
    }
    whole.addAll(command);
    return whole;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private String arguments(String name) {
    return folder.arguments(name).toString();
  }

  private void note(ChildProcess child) {
    try {
      Files.writeString(folder.pid(child.name()), child.pid() + "\n");
    } catch (IOException e) {
      throw new SetupException("cannot write to " + folder.data() + ": " + e.getMessage(), e);
    }
  }
}
