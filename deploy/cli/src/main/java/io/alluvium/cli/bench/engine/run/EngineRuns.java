package io.alluvium.cli.bench.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.bench.measure.ChildOutput;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.bench.BenchWorker;
import io.alluvium.trainer.bench.soak.ManyAdapters;
import io.alluvium.trainer.bench.work.BenchOrder;
import io.alluvium.trainer.decoder.options.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures each case in a process of its own, so that each has its own peak of memory. */
public final class EngineRuns {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ROOMY = List.of("-Xmx4g");
  private static final List<String> LEAN = List.of("-Xmx256m");

  /** All of the heap is there from the beginning, so that only what is outside of it can grow. */
  private static final List<String> TOUCHED = List.of("-Xms96m", "-Xmx96m", "-XX:+AlwaysPreTouch");

  private final Terminal terminal;
  private final BenchOrder.Kind kind;
  private final EngineOptions options;

  /** Measures training or scoring. */
  public EngineRuns(Terminal terminal, BenchOrder.Kind kind, EngineOptions options) {
    this.terminal = terminal;
    this.kind = kind;
    this.options = options;
  }

  /**
   * One thing to measure.
   *
   * @param configuration name of the workload
   * @param dataType of the frozen weights
   * @param recompute whether inner values are computed again
   * @param methods that steps are made with
   */
  public record Case(
      String configuration, Precision dataType, boolean recompute, Map<String, Double> methods) {
    /** As the trainer does it by default, but without methods. */
    public static Case of(String configuration, Precision dataType) {
      return new Case(configuration, dataType, /* recompute= */ false, Map.of());
    }

    /** The same with inner values computed again. */
    public Case recomputing() {
      return new Case(configuration, dataType, /* recompute= */ true, methods);
    }

    /** The same with these methods alone. */
    public Case with(Map<String, Double> other) {
      return new Case(configuration, dataType, recompute, other);
    }
  }

  /** All that the options ask for, kept in memory as the trainer does by default. */
  public List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String configuration : options.configurations()) {
      for (Precision type : options.dataTypes()) {
        cases.add(Case.of(configuration, type));
      }
    }
    return cases;
  }

  /** What the measuring process of a case is told. */
  public BenchOrder order(Case what) {
    return order(what, options.steps());
  }

  private BenchOrder order(Case what, int steps) {
    try {
      return unchecked(what, steps);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  /** Measures one case. */
  public ObjectNode run(Case what) {
    terminal.say(
        "measuring %s %s %s%s, %d x %d steps"
            .formatted(
                kind.name().toLowerCase(Locale.ROOT),
                what.configuration(),
                what.dataType(),
                what.methods().isEmpty() ? "" : " with " + what.methods(),
                options.rounds(),
                options.steps()));
    try {
      return (ObjectNode) JSON.readTree(prepared("run", order(what)).lastLine());
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  /** Measures what adapters cost beside the base of a case. */
  public ObjectNode adapters(Case what, int count) {
    terminal.say("measuring %d adapters on %s".formatted(count, what.configuration()));
    try {
      java(ROOMY, "prepare", JSON.writeValueAsString(order(what))).lastLine();
      List<String> arguments =
          List.of(
              order(what).folder().toString(), options.workDir().toString(), String.valueOf(count));
      ChildOutput child =
          java(
              new ChildOutput.Program(
                  ManyAdapters.class, List.of("-XX:+UseSerialGC", "-Xmx256m"), arguments));
      ObjectNode result = (ObjectNode) JSON.readTree(child.lastLine());
      return result.put("configuration", what.configuration());
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private BenchOrder unchecked(Case what, int steps) {
    return new BenchOrder(
        kind,
        what.configuration(),
        what.dataType(),
        what.recompute(),
        what.methods(),
        options.threads(),
        options.rounds(),
        steps,
        ShippedBase.folder(),
        options.workDir(),
        options.profile() ? options.workDir().resolve("trace.json") : null);
  }

  /** Memory over many steps of a case. */
  public ObjectNode soak(Case what, int steps) {
    terminal.say("%s %s: %d steps".formatted(what.configuration(), what.dataType(), steps));
    try {
      BenchOrder soak = order(what, steps);
      return (ObjectNode) JSON.readTree(prepared(TOUCHED, "soak", soak).lastLine());
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  /** What steps of few and of many records cost, by the number of records. */
  public List<ObjectNode> sizes(Case what) {
    terminal.say(
        "%s %s: steps of 1 to 64 records".formatted(what.configuration(), what.dataType()));
    try {
      List<ObjectNode> results = new ArrayList<>();
      for (JsonNode size : JSON.readTree(prepared("sizes", order(what)).lastLine())) {
        results.add(((ObjectNode) size).put("configuration", what.configuration()));
      }
      return results;
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  /** A process for an order whose base and batch are there. */
  ChildOutput prepared(String work, BenchOrder order) {
    return prepared(LEAN, work, order);
  }

  private static ChildOutput prepared(List<String> heap, String work, BenchOrder order) {
    try {
      String json = JSON.writeValueAsString(order);
      java(ROOMY, "prepare", json).lastLine();
      return java(heap, work, json);
    } catch (IOException unreadable) {
      throw unreadable(unreadable);
    }
  }

  private static CommandException unreadable(IOException cause) {
    return CommandException.failed(
        "the measuring process said nothing that can be read: " + cause.getMessage(), cause);
  }

  /** With a small young generation: what a step allocates on the heap is not what is measured. */
  private static ChildOutput java(List<String> heap, String what, String order) {
    List<String> jvm =
        new ArrayList<>(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmn16m"));
    jvm.addAll(heap);
    return java(new ChildOutput.Program(BenchWorker.class, jvm, List.of(what, order)));
  }

  private static ChildOutput java(ChildOutput.Program program) {
    return ChildOutput.ofJava(System.getProperty("java.class.path"), program);
  }
}
