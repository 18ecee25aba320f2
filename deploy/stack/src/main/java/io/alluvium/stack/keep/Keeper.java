package io.alluvium.stack.keep;

import io.alluvium.stack.keep.Backoff.Verdict;
import io.alluvium.stack.launch.Ending;
import io.alluvium.stack.launch.ProcessFolder;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.SetupException;
import io.alluvium.stack.process.StackException;
import io.alluvium.stack.process.StartException;
import io.alluvium.stack.state.DirectoryLock;
import io.alluvium.stack.state.Restarts;
import io.alluvium.stack.state.RestartsFile;
import io.alluvium.stack.state.StackState.Entry;
import io.alluvium.stack.state.StateFile;
import io.alluvium.stack.supervise.StackListener;
import io.alluvium.stack.supervise.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Looks at the processes of one data directory and starts again what died. One thread. */
final class Keeper {
  /** Whoever starts or stops things holds the directory for long; then the next look has to do. */
  private static final Duration LOCK_WITHIN = Duration.ofSeconds(5);

  private final ProcessFolder folder;
  private final StateFile state;
  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private final RestartsFile file;
  private final Limits limits;
  private final Map<String, Restarts> restarts;
  private final Map<String, Watched> watched = new HashMap<>();

  Keeper(ProcessFolder folder, Limits limits) {
    this.folder = folder;
    this.limits = limits;
    this.state = new StateFile(folder.data());
    this.lock = new DirectoryLock(folder.data(), LOCK_WITHIN);
    this.supervisor = new Supervisor(folder, state, StackListener.SILENT);
    this.file = new RestartsFile(folder.of(KeeperProgram.NAME));
    this.restarts = new TreeMap<>(file.read());
  }

  /** Whether the directory knows this program as its supervisor. */
  boolean isKnown() {
    return state
        .read()
        .process(KeeperProgram.NAME)
        .filter(entry -> entry.pid() == ProcessHandle.current().pid())
        .isPresent();
  }

  /** Looks once at all of them. */
  void look() {
    for (Entry entry : state.read().processes()) {
      if (!entry.name().equals(KeeperProgram.NAME)) {
        look(entry);
      }
    }
  }

  private void look(Entry entry) {
    Watched process = watched.computeIfAbsent(entry.name(), name -> new Watched(entry));
    process.meet(entry);
    if (child(entry).alive()) {
      return;
    }
    if (!process.dead) {
      process.pronounce();
    }
    if (process.due != null && !Instant.now().isBefore(process.due)) {
      process.revive();
    }
  }

  private void note(String name, Restarts now, String line) {
    System.out.println(Instant.now() + " " + name + ": " + line);
    restarts.put(name, now);
    try {
      file.write(restarts);
    } catch (StackException full) {
      // On a full disk the processes matter more than the book of them.
      System.out.println(full.getMessage());
    }
  }

  private static ChildProcess child(Entry entry) {
    return new ChildProcess(entry.name(), entry.pid(), entry.start());
  }

  /** One name, over its processes. */
  private final class Watched {
    private Entry entry;
    private Backoff backoff = new Backoff(limits);
    private boolean dead;
    private @Nullable Instant due;

    Watched(Entry entry) {
      this.entry = entry;
    }

    /** A process that somebody else started begins with a clean sheet. */
    void meet(Entry now) {
      if (!now.equals(entry)) {
        entry = now;
        backoff = new Backoff(limits);
        dead = false;
        due = null;
        Restarts noted = restarts.getOrDefault(now.name(), Restarts.NONE);
        if (noted.givenUp()) {
          note(now.name(), noted.died(noted.lastEnd()), "was started by hand, is watched again");
        }
      }
    }

    /** With the directory held: what somebody stops is dead for a moment before it is forgotten. */
    void pronounce() {
      lock.holding(
          () -> {
            if (isGone()) {
              died(Ending.of(folder, entry.name()));
            }
            return dead;
          });
    }

    private boolean isGone() {
      return state.read().process(entry.name()).filter(entry::equals).isPresent()
          && !child(entry).alive();
    }

    void died(Ending ending) {
      dead = true;
      Restarts before = restarts.getOrDefault(entry.name(), Restarts.NONE);
      Verdict verdict = backoff.died(ending, Instant.now());
      if (verdict instanceof Verdict.Again again) {
        due = Instant.now().plus(again.after());
        note(
            entry.name(),
            before.died(ending.reason()),
            "ended (" + ending.reason() + "), again in " + again.after().toMillis() + " ms");
      } else if (verdict instanceof Verdict.Never never) {
        due = null;
        String reason = never.why() + ": " + ending.reason();
        note(entry.name(), before.left(reason), reason);
      }
    }

    void revive() {
      try {
        lock.holding(this::reviveIfStillGone);
      } catch (SetupException notNow) {
        // Somebody holds the directory, or the disk is full: no fault of the process.
        due = Instant.now().plus(limits.first());
        System.out.println(Instant.now() + " " + notNow.getMessage());
      } catch (StartException failed) {
        died(new Ending(OptionalInt.empty(), String.valueOf(failed.getMessage())));
      }
    }

    private boolean reviveIfStillGone() {
      boolean wanted = isKnown() && isGone();
      if (wanted) {
        supervisor.revive(entry);
        entry = state.read().process(entry.name()).orElse(entry);
        dead = false;
        due = null;
        Restarts before = restarts.getOrDefault(entry.name(), Restarts.NONE);
        note(entry.name(), before.again(), "started again as process " + entry.pid());
      }
      return wanted;
    }
  }
}
