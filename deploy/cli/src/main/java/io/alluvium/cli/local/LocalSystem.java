package io.alluvium.cli.local;

import io.alluvium.cli.connect.ClientSettings;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.machine.BaseMemory;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.cli.local.plan.MetricsPorts;
import io.alluvium.cli.local.plan.ModelPlan;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.stack.AppSpec;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StartException;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.RegistryService;
import io.alluvium.stack.supervise.StackListener;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The whole system on one machine over one data directory. */
public final class LocalSystem {
  private static final List<String> ALL =
      List.of(
          BrokerService.NAME, RegistryService.NAME, AppPlan.STREAMS, AppPlan.SCORE, AppPlan.TRAIN);

  private LocalSystem() {}

  /**
   * Starts what is missing and waits until everything is ready.
   *
   * @param folder the data directory
   * @param config ports, and whether the processes outlive this one
   * @param request what to run on it
   * @param listener hears what happens
   * @throws CommandException when something cannot be started
   */
  public static LocalStack up(
      DataFolder folder, StackConfig config, Request request, StackListener listener) {
    Planned planned = servers(folder, config, request, listener);
    return explained(
        () -> {
          try {
            planned.stack().startApps(planned.programs());
            return planned.stack();
          } catch (StartException | SetupException fault) {
            planned.stack().close();
            throw fault;
          }
        });
  }

  /**
   * Lets a stack that is ready outlive this program.
   *
   * @param stack what runs
   * @param last what is to be done before
   */
  public static void keep(LocalStack stack, Consumer<LocalStack> last) {
    LocalStack unused =
        explained(
            () -> {
              try {
                last.accept(stack);
                stack.keep();
                return stack;
              } catch (StartException | SetupException fault) {
                stack.close();
                throw fault;
              }
            });
  }

  /**
   * Starts broker and registry alone and writes the configuration of all programs.
   *
   * @return the stack, and what could be started on it
   * @throws CommandException when something cannot be started or written
   */
  public static Planned servers(
      DataFolder folder, StackConfig config, Request request, StackListener listener) {
    request.check(folder);
    folder.ensureWritable();
    return explained(
        () -> {
          LocalStack stack = LocalStack.up(config, listener);
          try {
            return new Planned(
                stack, request.plan(folder, stack.bootstrapServers(), stack.registryUrl()).write());
          } catch (StartException | SetupException | CommandException fault) {
            stack.close();
            throw fault;
          }
        });
  }

  /** Processes that were started over a data directory; none where nothing was. */
  public static List<ProcessStatus> processes(DataFolder folder) {
    return explained(
        () ->
            LocalStack.attach(folder.root(), StackListener.SILENT)
                .map(LocalStack::status)
                .orElse(List.of()));
  }

  /**
   * What {@code up} starts and is not among these, in flow order; nothing where nothing was ever
   * started.
   *
   * @param folder the data directory
   * @param processes those that are known there
   */
  public static List<String> missing(DataFolder folder, List<ProcessStatus> processes) {
    List<String> known = processes.stream().map(ProcessStatus::name).toList();
    boolean started =
        explained(() -> LocalStack.attach(folder.root(), StackListener.SILENT)).isPresent();
    return started ? ALL.stream().filter(name -> !known.contains(name)).toList() : List.of();
  }

  /** Runs something on the stack, with its faults in the form of this program. */
  public static <T> T explained(Supplier<T> work) {
    try {
      return work.get();
    } catch (SetupException wrong) {
      throw CommandException.usage(String.valueOf(wrong.getMessage()), wrong);
    } catch (StartException failed) {
      throw CommandException.failed(String.valueOf(failed.getMessage()), failed);
    }
  }

  /**
   * Broker and registry, and the programs that are not started yet.
   *
   * @param stack what runs
   * @param programs in flow order
   */
  public record Planned(LocalStack stack, List<AppSpec> programs) {
    /** Copies. */
    public Planned {
      programs = List.copyOf(programs);
    }

    /**
     * Starts one of the programs and waits until it is ready.
     *
     * @param name see {@link AppPlan}
     */
    public void start(String name) {
      explained(
          () ->
              stack.startApps(
                  programs.stream().filter(program -> program.name().equals(name)).toList()));
    }
  }

  /**
   * What is to run.
   *
   * @param topicPrefix before every topic name
   * @param ports of metrics and health
   * @param model base and suites
   * @param overrides further settings of the programs
   */
  public record Request(
      String topicPrefix, MetricsPorts ports, ModelPlan model, Map<String, String> overrides) {

    /**
     * Reads the settings as the programs will, before anything is started.
     *
     * @param folder the data directory; nothing is written there
     * @throws CommandException (usage) when a program would refuse them
     */
    public void check(DataFolder folder) {
      plan(folder, "127.0.0.1:1", "http://127.0.0.1:1").check();
    }

    /**
     * What the base will need.
     *
     * @param folder the data directory; nothing is written there
     */
    public BaseMemory memory(DataFolder folder) {
      AppPlan plan = plan(folder, "127.0.0.1:1", "http://127.0.0.1:1");
      return BaseMemory.of(model.base(), plan::need);
    }

    AppPlan plan(DataFolder folder, String bootstrap, String registry) {
      ClientSettings clients =
          new ClientSettings(
              Map.of(
                  ClientSettings.BOOTSTRAP,
                  bootstrap,
                  ClientSettings.REGISTRY,
                  registry,
                  ClientSettings.TOPIC_PREFIX,
                  topicPrefix));
      return new AppPlan(folder, clients, ports, model, overrides);
    }
  }
}
