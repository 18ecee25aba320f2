package io.alluvium.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.local.ShippedBase;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.trainer.base.Precision;
import io.alluvium.trainer.bench.BenchOrder;
import io.alluvium.trainer.bench.BenchWorker;
import io.alluvium.trainer.bench.ManyAdapters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures each case in a process of its own, so that each has its own peak of memory. */
final class EngineRuns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;
  private final BenchOrder.Kind kind;
  private final EngineOptionsMixin options;

  EngineRuns(Terminal terminal, BenchOrder.Kind kind, EngineOptionsMixin options) {
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
   */
  record Case(String configuration, Precision dataType, boolean recompute) {
    Case recomputing() {
      return new Case(configuration, dataType, /* recompute= */ true);
    }
  }

  /** All that the options ask for, kept in memory as the trainer does by default. */
  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (String configuration : options.configurations()) {
      for (Precision type : options.dataTypes()) {
        cases.add(new Case(configuration, type, /* recompute= */ false));
      }
    }
    return cases;
  }

  /** The base folder of a case. */
  Path folder(Case what) {
    return order(what).folder();
  }

  /** Measures one case. */
  ObjectNode run(Case what) {
    terminal.say(
        "measuring %s %s %s, %d x %d steps"
            .formatted(
                kind.name().toLowerCase(Locale.ROOT),
                what.configuration(),
                what.dataType(),
                options.rounds(),
                options.steps()));
    try {
      String order = JSON.writeValueAsString(order(what));
      java("-Xmx4g", "prepare", order);
      return (ObjectNode) JSON.readTree(java("-Xmx256m", "run", order));
    } catch (IOException unreadable) {
      throw CommandException.failed(
          "the measuring process said nothing that can be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  /** Measures what adapters cost beside the base of a case. */
  ObjectNode adapters(Case what, int count) {
    terminal.say("measuring %d adapters on %s".formatted(count, what.configuration()));
    try {
      java("-Xmx4g", "prepare", JSON.writeValueAsString(order(what)));
      List<String> arguments =
          List.of(folder(what).toString(), options.workDir().toString(), String.valueOf(count));
      ObjectNode result =
          (ObjectNode)
              JSON.readTree(
                  java(
                      new ChildOutput.Program(
                          ManyAdapters.class, List.of("-XX:+UseSerialGC", "-Xmx256m"), arguments)));
      return result.put("configuration", what.configuration());
    } catch (IOException unreadable) {
      throw CommandException.failed(
          "the measuring process said nothing that can be read: " + unreadable.getMessage(),
          unreadable);
    }
  }

  private BenchOrder order(Case what) {
    try {
      return unchecked(what);
    } catch (IllegalArgumentException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private BenchOrder unchecked(Case what) {
    return new BenchOrder(
        kind,
        what.configuration(),
        what.dataType(),
        what.recompute(),
        options.threads(),
        options.rounds(),
        options.steps(),
        ShippedBase.folder(),
        options.workDir(),
        options.profile() ? options.workDir().resolve("trace.json") : null);
  }

  private static String java(String heap, String what, String order) {
    return java(
        new ChildOutput.Program(
            BenchWorker.class, List.of("-XX:+UseSerialGC", heap), List.of(what, order)));
  }

  private static String java(ChildOutput.Program program) {
    return ChildOutput.ofJava(System.getProperty("java.class.path"), program).lastLine();
  }
}
