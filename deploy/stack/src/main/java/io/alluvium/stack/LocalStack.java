package io.alluvium.stack;

import io.alluvium.stack.keep.KeeperProgram;
import io.alluvium.stack.keep.Limits;
import io.alluvium.stack.launch.ProcessFolder;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StackException;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.Ports;
import io.alluvium.stack.service.RegistryService;
import io.alluvium.stack.state.DirectoryLock;
import io.alluvium.stack.state.Restarts;
import io.alluvium.stack.state.RestartsFile;
import io.alluvium.stack.state.StackState;
import io.alluvium.stack.state.StateFile;
import io.alluvium.stack.supervise.ExitHook;
import io.alluvium.stack.supervise.Lifetime;
import io.alluvium.stack.supervise.StackListener;
import io.alluvium.stack.supervise.Supervisor;
import io.alluvium.stack.supervise.Supervisor.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Broker, schema registry and the project's programs as child processes over one data directory.
 *
 * <p>All state is in the directory: any number of these objects, also in different programs, may
 * speak of the same one.
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration LOCK_WITHIN = Duration.ofMinutes(2);
  private static final Duration RESTART_WITHIN = Duration.ofMinutes(2);

  private static final Set<String> SERVERS = Set.of(BrokerService.NAME, RegistryService.NAME);

  private final StackConfig config;
  private final ProcessFolder folder;
  private final StateFile state;
  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private boolean kept;
  private final ExitHook atExit = new ExitHook();

  private LocalStack(StackConfig config, StackListener listener) {
    this.config = config;
    this.folder = new ProcessFolder(config.data());
    this.state = new StateFile(config.data());
    this.lock = new DirectoryLock(config.data(), LOCK_WITHIN);
    this.supervisor = new Supervisor(folder, state, listener);
  }

  /**
   * Starts broker and registry, or takes over what still runs of them, and waits until both answer.
   * Data of an earlier start in the same directory is kept.
   *
   * @param config where and how
   * @param listener hears what happens
   * @throws SetupException when a port is taken or the directory cannot be used
   * @throws io.alluvium.stack.process.StartException when a server does not get ready; what this
   *     call started is stopped again
   */
  public static LocalStack up(StackConfig config, StackListener listener) {
    LocalStack stack = new LocalStack(config, listener);
    if (config.lifetime() != Lifetime.DETACHED) {
      stack.atExit.set(stack::stopAtExit);
    }
    try {
      stack.lock.holding(stack::startServers);
    } catch (StackException e) {
      stack.forgetExitHook();
      throw e;
    }
    return stack;
  }

  /**
   * The stack of a directory as it is, running or not; starts nothing.
   *
   * @param data the data directory
   * @param listener hears what happens
   * @return empty when nothing was ever started there
   */
  public static Optional<LocalStack> attach(Path data, StackListener listener) {
    StackConfig config = StackConfig.in(data);
    return Files.exists(config.data().resolve("stack.json"))
        ? Optional.of(new LocalStack(config, listener))
        : Optional.empty();
  }

  /** Where Kafka's clients find the broker. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port(BrokerService.NAME);
  }

  /** Where Confluent's clients find the registry. */
  public String registryUrl() {
    return RegistryService.url(port(RegistryService.NAME));
  }

  /**
   * The port that a process has or had last; empty when it was never started here.
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public Optional<Integer> lastPort(String name) {
    return state.read().port(name);
  }

  /** The data directory, absolute. */
  public Path data() {
    return config.data();
  }

  /**
   * The log of a process.
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public Path log(String name) {
    return folder.log(name);
  }

  /** A port on which nothing listens now, for an application's own use. */
  public static int freePort() {
    return Ports.anyFree();
  }

  /**
   * Starts an application and waits until it is ready; one that runs unchanged is left running.
   *
   * @param app what to start
   */
  public ChildProcess startApp(AppSpec app) {
    return startApps(List.of(app)).get(0);
  }

  /**
   * Starts applications at the same time and waits until all are ready; those that run unchanged
   * are left running. When one fails, those that this call started are stopped again.
   *
   * @param apps what to start
   * @return in the same order
   */
  public List<ChildProcess> startApps(List<AppSpec> apps) {
    return lock.holding(() -> start(apps));
  }

  /**
   * Starts a process again as it was last started, whether it lives or not, and waits until it is
   * ready. A living one is ended as by {@link #kill}.
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public ChildProcess restart(String name) {
    return lock.holding(() -> supervisor.restart(name, RESTART_WITHIN).awaitReady());
  }

  /**
   * Starts a process that is gone again as it was last started, and does not wait: nobody else can
   * start anything meanwhile, not even what it needs.
   *
   * @param name {@code broker}, {@code registry} or an application's name
   * @return whether it was gone
   */
  public boolean revive(String name) {
    return lock.holding(() -> supervisor.reviveIfGone(name));
  }

  /**
   * Stops one process in an orderly way.
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public void stop(String name) {
    lock.holding(
        () -> {
          supervisor.stop(name);
          return name;
        });
  }

  /**
   * Ends one process on the spot (SIGKILL).
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public void kill(String name) {
    supervisor.process(name).kill();
  }

  /**
   * Freezes one process (SIGSTOP).
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public void pause(String name) {
    supervisor.process(name).pause();
  }

  /**
   * Lets a frozen process go on (SIGCONT).
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public void resume(String name) {
    supervisor.process(name).resume();
  }

  /**
   * The process of this name, if it lives; cheaper than {@link #status}, for it asks nobody.
   *
   * @param name {@code broker}, {@code registry} or an application's name
   */
  public Optional<ChildProcess> living(String name) {
    return supervisor.living(name);
  }

  /** Every process that was started and not stopped, in the order of their start. */
  public List<ProcessStatus> status() {
    Map<String, Restarts> noted = restarts().read();
    return state.read().processes().stream()
        .map(
            entry ->
                ProcessStatus.of(
                    entry,
                    folder.log(entry.name()),
                    noted.getOrDefault(entry.name(), Restarts.NONE)))
        .toList();
  }

  /**
   * Has a process of its own start again what dies from now on, until {@link #down} or {@link
   * #unsupervised}. One that does so already goes on.
   *
   * @param limits how often, how soon
   */
  public void supervise(Limits limits) {
    lock.holding(() -> supervisor.start(KeeperProgram.service(folder, limits)).awaitReady());
  }

  /** Ends what {@link #supervise} began; from now on what dies stays down. */
  public void unsupervised() {
    stop(KeeperProgram.NAME);
  }

  private RestartsFile restarts() {
    return new RestartsFile(config.data().resolve(KeeperProgram.NAME));
  }

  /** Stops everything in an orderly way, the last started first; data and logs stay. */
  public void down() {
    lock.holding(this::stopAll);
    forgetExitHook();
  }

  /** From now on the processes outlive this program, unless they are tied to it. */
  public void keep() {
    if (config.lifetime() == Lifetime.KEPT) {
      forgetExitHook();
      kept = true;
    }
  }

  /**
   * Stops everything when the processes are tied to this program; what it started when they were to
   * be kept and are not yet; nothing otherwise.
   */
  @Override
  public void close() {
    switch (config.lifetime()) {
      case TIED -> down();
      case KEPT -> breakOff();
      case DETACHED -> {}
    }
  }

  private void breakOff() {
    if (!kept) {
      lock.holding(
          () -> {
            supervisor.stopLaunched();
            return kept;
          });
      forgetExitHook();
    }
  }

  private List<ChildProcess> start(List<AppSpec> apps) {
    // A later start gives them the same ports again, also after everything was stopped.
    state.update(now -> withPorts(now, apps));
    List<Launch> launches = new ArrayList<>();
    return orUndo(
        launches,
        () -> {
          apps.forEach(app -> launches.add(supervisor.start(app.service())));
          return launches.stream().map(Launch::awaitReady).toList();
        });
  }

  private static StackState withPorts(StackState now, List<AppSpec> apps) {
    StackState noted = now;
    for (AppSpec app : apps) {
      noted = noted.withPort(app.name(), app.health().getPort());
    }
    return noted;
  }

  private List<ChildProcess> startServers() {
    supervisor.stopStrays(BrokerService.NAME);
    supervisor.stopStrays(RegistryService.NAME);
    PortPlan ports = PortPlan.choose(config, state.read(), supervisor);
    state.update(ports::noteIn);
    List<Launch> launches = new ArrayList<>();
    return orUndo(
        launches,
        () -> {
          // The registry takes longer; the broker's storage is formatted meanwhile.
          launches.add(
              supervisor.start(
                  new RegistryService(config.home())
                      .prepare(ports.registry(), config.readyWithin())));
          launches.add(
              supervisor.start(
                  new BrokerService(config.home(), folder)
                      .prepare(ports.kafka(), ports.controller(), config.readyWithin())));
          return launches.stream().map(Launch::awaitReady).toList();
        });
  }

  private List<ChildProcess> orUndo(List<Launch> launches, Supplier<List<ChildProcess>> starting) {
    try {
      return starting.get();
    } catch (StackException e) {
      launches.stream()
          .filter(Predicate.not(Launch::adopted))
          .map(Launch::name)
          .forEach(supervisor::stop);
      throw e;
    }
  }

  private List<String> stopAll() {
    // First of all: it would start again what ends.
    supervisor.stop(KeeperProgram.NAME);
    restarts().clear();
    List<String> names = new ArrayList<>();
    state.read().processes().forEach(entry -> names.add(entry.name()));
    Collections.reverse(names);
    // The applications end at the same time, while the servers still serve them.
    List<String> applications =
        names.stream()
            .filter(Predicate.not(SERVERS::contains))
            .filter(supervisor::askToStop)
            .toList();
    applications.forEach(supervisor::awaitStopped);
    names.forEach(supervisor::stop);
    // What was started when its starter was killed is noted down nowhere.
    folder.names().forEach(supervisor::stopStrays);
    return names;
  }

  private int port(String service) {
    return state
        .read()
        .port(service)
        .orElseThrow(() -> new SetupException("nothing was ever started in " + config.data()));
  }

  /**
   * Without the directory's lock, which a thread of this program may hold in the middle of a start.
   */
  private void stopAtExit() {
    supervisor.close();
    if (config.lifetime() == Lifetime.TIED) {
      stopAll();
    } else {
      supervisor.stopLaunched();
      SERVERS.forEach(supervisor::stopStrays);
    }
  }

  /** When the hook runs already, it finds nothing left to stop. */
  private void forgetExitHook() {
    if (!atExit.callOff()) {
      supervisor.close();
    }
  }
}
