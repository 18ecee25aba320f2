package io.alluvium.stack.keep;

import io.alluvium.stack.launch.JavaProgram;
import io.alluvium.stack.launch.ProcessFolder;
import io.alluvium.stack.process.Pause;
import io.alluvium.stack.process.StackException;
import io.alluvium.stack.supervise.Service;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The program {@code KeeperProgram DATA FIRST LONGEST RESTARTS WITHIN}; runs until SIGTERM. */
public final class KeeperProgram {
  /** What people call it. */
  public static final String NAME = "supervisor";

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** One that nobody knows any more was forgotten by whoever stopped the stack. */
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private KeeperProgram() {}

  /**
   * What is to be started, with the class path of this program.
   *
   * @param folder where the processes live
   * @param limits how patient it is
   */
  public static Service service(ProcessFolder folder, Limits limits) {
    List<String> options =
        List.of("-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");
    List<String> arguments = new ArrayList<>(List.of(folder.data().toString()));
    arguments.addAll(limits.arguments());
    return new Service(
        NAME,
        new JavaProgram(options, classPath(), KeeperProgram.class.getName(), arguments),
        beat(folder).toUri(),
        READY_WITHIN,
        STOP_WITHIN);
  }

  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(Files::exists)
        .toList();
  }

  private static Path beat(ProcessFolder folder) {
    return folder.of(NAME).resolve("beat");
  }

  /** Looks for ever. */
  public static void main(String[] arguments) throws IOException {
    ProcessFolder folder = new ProcessFolder(Path.of(arguments[0]));
    Limits limits = Limits.of(List.of(arguments).subList(1, arguments.length));
    Path lock = folder.of(NAME).resolve("lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock only = channel.tryLock()) {
      if (only == null) {
        System.out.println("another supervisor keeps " + folder.data());
        return;
      }
      keep(new Keeper(folder, limits), beat(folder));
    }
  }

  private static void keep(Keeper keeper, Path beat) throws IOException {
    Instant known = Instant.now();
    while (Duration.between(known, Instant.now()).compareTo(UNKNOWN_FOR) < 0) {
      try {
        known = keeper.isKnown() ? Instant.now() : known;
        keeper.look();
      } catch (StackException unclear) {
        // Somebody writes the state, or the disk is full: the next look may see more.
        System.out.println(Instant.now() + " " + unclear.getMessage());
      }
      touch(beat);
      Pause.of(LOOK_EVERY);
    }
    System.out.println("this supervisor was forgotten and ends");
  }

  private static void touch(Path beat) throws IOException {
    if (!Files.exists(beat)) {
      Files.createFile(beat);
    }
    Files.setLastModifiedTime(beat, FileTime.from(Instant.now()));
  }
}
