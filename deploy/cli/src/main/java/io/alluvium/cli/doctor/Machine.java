package io.alluvium.cli.doctor;

import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.LocalSystem;
import io.alluvium.cli.local.Overview;
import io.alluvium.cli.local.machine.BaseMemory;
import io.alluvium.cli.local.machine.DiskSpace;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.service.Ports;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks at this machine. */
final class Machine {
  private static final int LEAST_JAVA = 17;

  private static final Map<String, Integer> CUSTOMARY =
      new TreeMap<>(
          Map.of(
              "Kafka", StackConfig.KAFKA_PORT,
              "registry", StackConfig.REGISTRY_PORT,
              "streams-app", MetricsPorts.CUSTOMARY.streamsApp(),
              "scorer", MetricsPorts.CUSTOMARY.score(),
              "trainer", MetricsPorts.CUSTOMARY.train()));

  private final DataFolder folder;
  private final Path base;
  private final Map<String, String> settings;

  /**
   * Looks at it as it would be used.
   *
   * @param base folder of the base
   * @param settings of the programs, as {@code up} takes them
   */
  Machine(DataFolder folder, Path base, Map<String, String> settings) {
    this.folder = folder;
    this.base = base;
    this.settings = settings;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(tool("mvn", "maven", "needed to build"));
    findings.add(engine());
    findings.add(base());
    findings.add(memory());
    findings.add(data());
    findings.add(disk());
    List<ProcessStatus> own = LocalSystem.processes(folder);
    own.forEach(process -> findings.add(process(process)));
    findings.addAll(ports(own));
    findings.add(tool("kcat", "kcat", "only a test needs it"));
    findings.add(tool("promtool", "prometheus", "only a test needs it"));
    return findings;
  }

  private static Finding process(ProcessStatus process) {
    String line = Overview.line(process);
    return switch (process.state()) {
      case RUNNING -> Finding.ok("process", line);
      case NOT_READY -> Finding.bad("process", line + ": does not answer yet; its log says why");
      case GONE -> Finding.bad("process", line + ": `alluvium up` starts it again");
    };
  }

  /** Ports that the processes of this data directory hold are theirs and need no word. */
  private static List<Finding> ports(List<ProcessStatus> own) {
    Set<Integer> held =
        own.stream().map(process -> process.health().getPort()).collect(Collectors.toSet());
    return CUSTOMARY.entrySet().stream()
        .filter(port -> !held.contains(port.getValue()))
        .map(port -> port(port.getKey(), port.getValue()))
        .toList();
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    String detail = Runtime.version() + " in " + System.getProperty("java.home");
    return version >= LEAST_JAVA
        ? Finding.ok("JDK", detail)
        : Finding.bad("JDK", detail + ": install " + LEAST_JAVA + " or newer");
  }

  private static Finding tool(String program, String debianPackage, String use) {
    return found(program)
        .map(path -> Finding.ok(program, path.toString()))
        .orElseGet(
            () -> Finding.missing(program, "%s; apt-get install %s".formatted(use, debianPackage)));
  }

  private static Optional<Path> found(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Finding engine() {
    try {
      EngineRuntime.start(1);
      return Finding.ok("tensor engine", "libtorch loaded and checked, on CPU");
    } catch (IllegalStateException unfit) {
      return Finding.bad("tensor engine", String.valueOf(unfit.getMessage()));
    }
  }

  private static Finding base() {
    try {
      HfFolder base = HfFolder.open(ShippedBase.folder());
      return Finding.ok("shipped base", base.path() + " (" + base.digest() + ")");
    } catch (IOException | CommandException unusable) {
      return Finding.bad("shipped base", String.valueOf(unusable.getMessage()));
    }
  }

  private Finding memory() {
    try {
      ModelPlan model = ModelPlan.of(base, List.of(), null);
      BaseMemory memory =
          new LocalSystem.Request("", MetricsPorts.CUSTOMARY, model, settings).memory(folder);
      return memory.fits()
          ? Finding.ok("memory", memory.line())
          : Finding.bad("memory", memory.refusal());
    } catch (CommandException unusable) {
      return Finding.bad("memory", String.valueOf(unusable.getMessage()));
    }
  }

  private Finding data() {
    try {
      folder.ensureWritable();
      return Finding.ok("data directory", folder.root().toString());
    } catch (CommandException denied) {
      return Finding.bad("data directory", denied.getMessage());
    }
  }

  private Finding disk() {
    DiskSpace space = DiskSpace.at(folder.root());
    return space.enough() ? Finding.ok("disk", space.line()) : Finding.bad("disk", space.line());
  }

  private static Finding port(String user, int port) {
    String check = "port " + port;
    return Ports.free(port)
        ? Finding.ok(check, "free, for " + user)
        : Finding.missing(
            check,
            "in use, %s would not get it: `alluvium up --free-ports` takes others".formatted(user));
  }
}
