package io.alluvium.stack.supervise;

import io.alluvium.stack.health.Readiness;
import io.alluvium.stack.launch.JavaLauncher;
import io.alluvium.stack.launch.LogTail;
import io.alluvium.stack.launch.ProcessFolder;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StackException;
import io.alluvium.stack.process.StartException;
import io.alluvium.stack.state.StackState.Entry;
import io.alluvium.stack.state.StateFile;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The processes of one data directory. */
public final class Supervisor {
  /** A process that already ran must answer quickly, or it is started anew. */
  private static final Duration ADOPT_WITHIN = Duration.ofSeconds(5);

  private final ProcessFolder folder;
  private final StateFile state;
  private final JavaLauncher launcher;
  private final StackListener listener;
  private final Set<String> launched = new LinkedHashSet<>();
  private boolean closed;

  /**
   * @param folder where the processes live
   * @param state what is noted down of them
   * @param listener hears what becomes of them
   */
  public Supervisor(ProcessFolder folder, StateFile state, StackListener listener) {
    this.folder = folder;
    this.state = state;
    this.launcher = new JavaLauncher(folder);
    this.listener = listener;
  }

  /**
   * Starts a service, or takes it over where it runs unchanged and answers.
   *
   * @param service what must run
   * @return the process, to be awaited with {@link Launch#awaitReady}
   */
  public Launch start(Service service) {
    Optional<ChildProcess> running = adoptable(service);
    if (running.isPresent()) {
      listener.adopted(service.name());
      return new Launch(running.get(), service.health(), Duration.ZERO, System.nanoTime());
    }
    stop(service.name());
    listener.starting(service.name());
    long sinceNs = System.nanoTime();
    return new Launch(launch(service), service.health(), service.readyWithin(), sinceNs);
  }

  /**
   * Starts a process again as it was last started; a living one is ended on the spot first.
   *
   * @param name which
   * @param readyWithin how long it may take to answer
   */
  public Launch restart(String name, Duration readyWithin) {
    Entry last = known(name);
    child(last).kill();
    listener.starting(name);
    long sinceNs = System.nanoTime();
    ChildProcess child = relaunch(last);
    return new Launch(child, URI.create(last.health()), readyWithin, sinceNs);
  }

  /**
   * Starts a process again as it was last started and does not wait.
   *
   * @param gone the process that ended
   * @return the next one
   */
  public ChildProcess revive(Entry gone) {
    return relaunch(gone);
  }

  /**
   * Starts a process again as it was last started, if it is gone, and does not wait.
   *
   * @param name which
   * @return whether it was gone
   */
  public boolean reviveIfGone(String name) {
    boolean gone = !alive(name);
    if (gone) {
      ChildProcess unused = relaunch(known(name));
    }
    return gone;
  }

  /** Stops everything that this object started and did not find running, the last one first. */
  public void stopLaunched() {
    List<String> names;
    synchronized (this) {
      names = new ArrayList<>(launched);
    }
    Collections.reverse(names);
    names.forEach(this::stop);
  }

  /**
   * The process of this name as last noted down, alive or not.
   *
   * @param name which
   * @throws SetupException when none was ever started
   */
  public ChildProcess process(String name) {
    return child(known(name));
  }

  /**
   * Whether a process of this name lives.
   *
   * @param name which
   */
  public boolean alive(String name) {
    return living(name).isPresent();
  }

  /**
   * Ends a process in an orderly way and forgets it; also those of its name that were started but
   * never noted down.
   *
   * @param name which
   */
  public void stop(String name) {
    if (askToStop(name)) {
      awaitStopped(name);
    } else {
      forget(name);
    }
    stopStrays(name);
  }

  /**
   * Asks a process to end and does not wait.
   *
   * @param name which
   * @return whether there was a living one, to be awaited with {@link #awaitStopped}
   */
  public boolean askToStop(String name) {
    Optional<ChildProcess> living = living(name);
    living.ifPresent(
        child -> {
          listener.stopping(name);
          child.askToStop();
        });
    return living.isPresent();
  }

  /**
   * Waits until a process that was asked to end is gone, ends it where it takes too long, and
   * forgets it.
   *
   * @param name which
   */
  public void awaitStopped(String name) {
    Optional<Entry> entry = state.read().process(name);
    entry.ifPresent(known -> child(known).stop(Duration.ofMillis(known.stopWithinMs())));
    // Another thread of a program that is ending may have done the same.
    if (forget(name)) {
      listener.stopped(name);
    }
  }

  /**
   * Ends processes of this name that were started but never noted down.
   *
   * @param name which
   */
  public void stopStrays(String name) {
    Optional<ChildProcess> noted = state.read().process(name).map(Supervisor::child);
    launcher.running(name).stream()
        .filter(Predicate.not(stray -> noted.filter(stray::equals).isPresent()))
        .forEach(ChildProcess::kill);
  }

  /** From now on nothing is started; for a program that is ending while another thread starts. */
  public synchronized void close() {
    closed = true;
  }

  private Optional<ChildProcess> adoptable(Service service) {
    return state
        .read()
        .process(service.name())
        .filter(entry -> entry.fingerprint().equals(service.program().fingerprint()))
        .map(Supervisor::child)
        .filter(ChildProcess::alive)
        .filter(child -> answers(child, service.health()));
  }

  private static boolean answers(ChildProcess child, URI health) {
    child.resume();
    return Readiness.await(child, health, ADOPT_WITHIN) == Readiness.READY;
  }

  private synchronized ChildProcess launch(Service service) {
    requireOpen();
    ChildProcess child = launcher.launch(service.name(), service.program());
    launched.add(service.name());
    return noted(
        new Entry(
            child.name(),
            child.pid(),
            child.start(),
            service.health().toString(),
            service.program().fingerprint(),
            service.stopWithin().toMillis()));
  }

  private synchronized ChildProcess relaunch(Entry last) {
    requireOpen();
    ChildProcess child = launcher.relaunch(last.name());
    return noted(
        new Entry(
            child.name(),
            child.pid(),
            child.start(),
            last.health(),
            last.fingerprint(),
            last.stopWithinMs()));
  }

  /** What cannot be noted down, on a full disk for example, must not run on unknown. */
  private ChildProcess noted(Entry entry) {
    try {
      state.update(now -> now.with(entry));
    } catch (StackException unknown) {
      child(entry).kill();
      throw unknown;
    }
    return child(entry);
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private void requireOpen() {
    if (closed) {
      throw new StartException("the local stack is being stopped");
    }
  }

  /**
   * The process of this name, if it lives.
   *
   * @param name which
   */
  public Optional<ChildProcess> living(String name) {
    return state.read().process(name).map(Supervisor::child).filter(ChildProcess::alive);
  }

  private boolean forget(String name) {
    boolean known = state.read().process(name).isPresent();
    if (known) {
      state.update(now -> now.without(name));
    }
    return known;
  }

  private Entry known(String name) {
    return state
        .read()
        .process(name)
        .orElseThrow(
            () -> new SetupException("no process " + name + " was started in " + folder.data()));
  }

  private static ChildProcess child(Entry entry) {
    return new ChildProcess(entry.name(), entry.pid(), entry.start());
  }

  /** A process that was started and may not answer yet. */
  public final class Launch {
    private final ChildProcess child;
    private final URI health;
    private final Duration within;
    private final long sinceNs;

    private Launch(ChildProcess child, URI health, Duration within, long sinceNs) {
      this.child = child;
      this.health = health;
      this.within = within;
      this.sinceNs = sinceNs;
    }

    /**
     * Waits until the process answers; one that does not is ended.
     *
     * @throws StartException when it ends or does not answer in time
     */
    public ChildProcess awaitReady() {
      if (adopted()) {
        return child;
      }
      Readiness readiness =
          Readiness.await(child, health, within, said -> listener.progress(child.name(), said));
      switch (readiness) {
        case READY -> listener.ready(child.name(), Duration.ofNanos(System.nanoTime() - sinceNs));
        case ENDED -> throw failed("ended before it was ready");
        case LATE -> {
          child.kill();
          throw failed("did not answer at " + health + " within " + within.toSeconds() + " s");
        }
      }
      return child;
    }

    /** Whether it ran before and was taken over. */
    public boolean adopted() {
      return within.isZero();
    }

    /** Which process. */
    public String name() {
      return child.name();
    }

    private StartException failed(String what) {
      if (isClosed()) {
        return new StartException("the local stack is being stopped");
      }
      return new StartException(
          child.name() + " " + what + ": " + LogTail.reason(folder.log(child.name())));
    }
  }
}
