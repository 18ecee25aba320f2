package io.alluvium.cli.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.BenchMachine;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.machine.DiskSpace;
import io.alluvium.cli.local.machine.ScratchFolder;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.trainer.bench.size.SizeBench;
import io.alluvium.trainer.bench.size.SizeOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium bench size}: a base of real size. */
@Command(
    name = "size",
    description = "Train on a 1.1B base of random weights: speed, share of anchors, memory.",
    footer = {
      "",
      "A file of TinyLlama-1.1B's shape in bf16, 2.2 GB, multiplied in fp32 where the CPU has no units for bf16, written into a folder that is gone afterwards; LoRA of rank 8 on every "
          + "linear with recompute. Steps without anchors, with anchors that the base has not seen, and with anchors whose "
          + "states are remembered, as many tokens of them as of records. Memory is that of the measuring process: pages of "
          + "files, which the system can give back and processes share, and anonymous memory. Some ten minutes on two cores, and "
          + "4 GB of free memory.",
      "",
      "Examples:",
      "  alluvium bench size",
      "  alluvium bench size --records 8 --pass-tokens 1024 --format json"
    })
public final class BenchSizeCommand implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BASE_BYTES = 2_300_000_000L;
  private static final double MEGA = 1e6;

  private final Terminal terminal;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of a tensor operation (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--records",
      paramLabel = "N",
      description = "Records of a batch (default: ${DEFAULT-VALUE}).")
  private int records = 4;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      description = "Tokens of each record (default: ${DEFAULT-VALUE}).")
  private int tokens = 256;

  @Option(
      names = "--pass-tokens",
      paramLabel = "N",
      description = "Most tokens through the model at once; 0: all (default: ${DEFAULT-VALUE}).")
  private int passTokens = 1024;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of each kind, whose median counts (default: ${DEFAULT-VALUE}).")
  private int steps = 2;

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where the base is written for the time being (default: the data directory).")
  private Path workDir = DataFolder.byDefault().root();

  @Mixin private FormatOption format = new FormatOption();

  /** Speaks to a terminal. */
  public BenchSizeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Path parent = workDir.toAbsolutePath();
    requireRoom(DiskSpace.at(parent));
    try (ScratchFolder scratch = ScratchFolder.in(parent, "bench-size")) {
      print(measured(scratch.path().resolve("base")));
    }
  }

  private static void requireRoom(DiskSpace space) {
    if (space.freeBytes() < BASE_BYTES) {
      throw CommandException.usage(
          "%.1f GB free at %s, the base takes %.1f: free some, or name another place with --work-dir"
              .formatted(space.freeBytes() / 1e9, space.place(), BASE_BYTES / 1e9));
    }
  }

  private ObjectNode measured(Path base) {
    try {
      String order =
          JSON.writeValueAsString(new SizeOrder(base, threads, records, tokens, passTokens, steps));
      terminal.say("writing 1.1 billion random weights");
      java("prepare", order).lastLine();
      return (ObjectNode) JSON.readTree(java("run", order).lastLine());
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    } catch (IOException unreadable) {
      throw CommandException.failed(
          "the measuring process said nothing that can be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  /** As the worker is started, with a heap that holds one tensor while the base is written. */
  private static ChildOutput java(String work, String order) {
    String heap = work.equals("prepare") ? "-Xmx1g" : "-Xmx256m";
    List<String> jvm = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", heap);
    return ChildOutput.ofJava(
        System.getProperty("java.class.path"),
        new ChildOutput.Program(SizeBench.class, jvm, List.of(work, order)));
  }

  private void print(ObjectNode result) {
    if (format.isJson()) {
      terminal.print(BenchMachine.report(JsonNodeFactory.instance.arrayNode().add(result)));
      return;
    }
    terminal.print(BenchMachine.line());
    for (String line : lines(result)) {
      terminal.print(line);
    }
  }

  private static List<String> lines(JsonNode result) {
    return List.of(
        line("base", "%.0f million parameters, %.0f MB", mega(result, "parameters", "baseBytes")),
        line(
            "a step of records alone",
            "%.0f tokens, %.1f s, %.1f s of processors, %.1f tokens/s",
            values(
                result,
                "/recordTokens",
                "/plain/seconds",
                "/plain/processSeconds",
                "/plainTokensPerSecond")),
        line(
            "beside anchors, remembered",
            "%.0f tokens more, %.1f s, %.1f s of processors, %.1f tokens/s of records, %.2f for anchors",
            values(
                result,
                "/anchorTokens",
                "/held/seconds",
                "/held/processSeconds",
                "/tokensPerSecond",
                "/anchorShare")),
        line(
            "beside anchors, new to the base",
            "%.1f s, %.1f s of processors, %.2f for anchors",
            values(result, "/fresh/seconds", "/fresh/processSeconds", "/freshAnchorShare")),
        line(
            "peak of resident memory",
            "%.0f MB; at most %.0f MB anonymous, at most %.0f MB pages of files",
            mega(result, "peakBytes", "peakAnonymousBytes", "peakFileBytes")),
        line(
            "anonymous memory",
            "%.0f MB once the base was open, %.0f MB while scoring, %.0f MB said beforehand",
            mega(result, "openedAnonymousBytes", "scoringAnonymousBytes", "neededBytes")));
  }

  private static String line(String what, String form, Object[] values) {
    return String.format(Locale.ROOT, "%-32s " + form, joined(what, values));
  }

  private static Object[] joined(String what, Object[] values) {
    return Stream.concat(Stream.of(what), Arrays.stream(values)).toArray();
  }

  private static Object[] values(JsonNode result, String... fields) {
    return Arrays.stream(fields).map(field -> result.at(field).asDouble()).toArray();
  }

  private static Object[] mega(JsonNode result, String... fields) {
    return Arrays.stream(fields).map(field -> result.path(field).asDouble() / MEGA).toArray();
  }
}
