package io.alluvium.cli.chaos.harm;

import io.alluvium.cli.chaos.plan.Fault;
import io.alluvium.cli.chaos.plan.FaultPlan;
import io.alluvium.cli.chaos.plan.Kind;
import io.alluvium.cli.chaos.point.Reached;
import io.alluvium.cli.chaos.point.StoreWatch;
import io.alluvium.cli.chaos.point.TransactionWatch;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.folder.DataFolder;
import io.alluvium.cli.local.plan.AppPlan;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.StackConfig;
import io.alluvium.stack.keep.Limits;
import io.alluvium.stack.process.ChildProcess;
import io.alluvium.stack.process.Pause;
import io.alluvium.stack.process.StackException;
import io.alluvium.stack.service.BrokerService;
import io.alluvium.stack.service.RegistryService;
import io.alluvium.stack.supervise.StackListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/** Does what the plan says, one thing after the other, on a thread of its own. */
public final class Deeds implements AutoCloseable {
  /**
   * What was killed is started again at once and without end: whoever gives up is mended by hand.
   */
  public static final Limits AT_ONCE =
      new Limits(Duration.ofMillis(200), Duration.ofSeconds(2), 10_000, Duration.ofMinutes(10));

  private static final Duration SIGN_WITHIN = Duration.ofSeconds(15);
  private static final Duration LIVES_WITHIN = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Victims victims;
  private final Recoveries recoveries;
  private final DataFolder folder;
  private final Cluster cluster;
  private final Map<Kind, Integer> done = new EnumMap<>(Kind.class);
  private final List<PointKill> points = new ArrayList<>();
  private final Instant since = Instant.now();
  private final Thread thread;

  /**
   * A kill at a chosen point.
   *
   * @param artifact the folder that was the sign, if it was one
   */
  public record PointKill(Instant at, Reached reached, Optional<Path> artifact) {}

  /** Begins at once. */
  public Deeds(Victims victims, Recoveries recoveries, Place place, FaultPlan plan) {
    this.victims = victims;
    this.recoveries = recoveries;
    this.folder = place.folder();
    this.cluster = place.cluster();
    this.thread = new Thread(() -> run(plan), "chaos-deeds");
    thread.start();
  }

  /** Where a stack lies and how it is reached. */
  public record Place(DataFolder folder, Cluster cluster) {}

  private void run(FaultPlan plan) {
    for (Fault fault : plan.faults()) {
      await(fault.at());
      guarded(fault);
    }
  }

  private void await(Duration at) {
    long leftMs = Duration.between(Instant.now(), since.plus(at)).toMillis();
    if (leftMs > 0) {
      Pause.of(Duration.ofMillis(leftMs));
    }
  }

  private void guarded(Fault fault) {
    try {
      if (does(fault)) {
        synchronized (done) {
          done.merge(fault.kind(), 1, Integer::sum);
        }
      }
    } catch (StackException | KafkaException | UncheckedIOException failed) {
      victims.note("not done: " + fault.kind().words() + ": " + failed.getMessage());
    }
  }

  private boolean does(Fault fault) {
    return switch (fault.kind()) {
      case KILL -> kill(fault.victim());
      case KILL_AT_ARTIFACT -> killAtArtifact();
      case KILL_IN_TRANSACTION -> killInTransaction();
      case KILL_AT_COMMIT -> killAtCommit(fault.length());
      case FREEZE -> freeze(fault);
      case BROKER_BOUNCE -> bounce();
      case REGISTRY_DOWN -> registryDown(fault.length());
      case STORE_UNWRITABLE -> storeUnwritable(fault.length());
      case STATE_REMOVED -> stateRemoved();
    };
  }

  /** One that is being started again dies in that start; one that is dead has a neighbour. */
  private boolean kill(String victim) {
    return killed(victim) || victims.names().stream().anyMatch(this::killed);
  }

  private boolean killed(String name) {
    return name.equals(BrokerService.NAME)
        ? betweenCommits(() -> victims.kill(name, recoveries))
        : victims.kill(name, recoveries);
  }

  /**
   * Does something to the broker while transactions may be open and none is being committed or
   * aborted. A broker that ends while it writes the markers of one takes partitions that have no
   * leader yet in its next start for deleted, writes no markers there, and calls the transaction
   * complete (Kafka 4.4.0, {@code TransactionMarkerChannelManager}); what was aborted is then
   * committed by its producer's next commit.
   *
   * @return false where the broker does not say so in time; nothing is done then
   */
  private boolean betweenCommits(BooleanSupplier deed) {
    return victims.whileAllStand(() -> watch().noneEnds(SIGN_WITHIN) && deed.getAsBoolean());
  }

  private boolean killAtArtifact() {
    List<ChildProcess> aimed = victims.aim(victims.trainers());
    Optional<Path> artifact = new StoreWatch(folder.artifacts()).next(SIGN_WITHIN);
    artifact.ifPresent(sign -> victims.strike(aimed, recoveries));
    Reached reached = artifact.isPresent() ? Reached.ARTIFACT_WRITTEN : Reached.NO_SIGN;
    return noted(new PointKill(Instant.now(), reached, artifact));
  }

  private boolean killInTransaction() {
    TransactionWatch watch = watch();
    List<ChildProcess> aimed = victims.aim(victims.trainers());
    return struck(aimed, watch.open(SIGN_WITHIN), watch);
  }

  private boolean killAtCommit(Duration later) {
    TransactionWatch watch = watch();
    List<ChildProcess> aimed = victims.aim(victims.trainers());
    boolean sign = watch.event(SIGN_WITHIN);
    if (sign) {
      Pause.of(later);
    }
    return struck(aimed, sign, watch);
  }

  private boolean struck(List<ChildProcess> aimed, boolean sign, TransactionWatch watch) {
    if (!sign) {
      return noted(new PointKill(Instant.now(), Reached.NO_SIGN, Optional.empty()));
    }
    victims.strike(aimed, recoveries);
    Instant at = Instant.now();
    return noted(new PointKill(at, watch.reached(), Optional.empty()));
  }

  private TransactionWatch watch() {
    String stem = cluster.topics().prefix() + "alluvium-train-";
    return new TransactionWatch(cluster, List.of(stem + 0, stem + 1));
  }

  private boolean noted(PointKill kill) {
    synchronized (points) {
      points.add(kill);
    }
    return kill.reached() != Reached.NO_SIGN;
  }

  private boolean freeze(Fault fault) {
    boolean lives = lives(fault.victim());
    if (lives) {
      victims.stack().pause(fault.victim());
      try {
        Pause.of(fault.length());
      } finally {
        victims.stack().resume(fault.victim());
      }
    }
    return lives;
  }

  /** Somebody may have killed it a moment ago. */
  private boolean lives(String victim) {
    long endNs = System.nanoTime() + LIVES_WITHIN.toNanos();
    while (victims.stack().living(victim).isEmpty() && System.nanoTime() < endNs) {
      Pause.of(LOOK_EVERY);
    }
    return victims.stack().living(victim).isPresent();
  }

  private boolean bounce() {
    boolean stopped =
        betweenCommits(
            () -> {
              victims.stack().stop(BrokerService.NAME);
              return true;
            });
    startServers();
    return stopped;
  }

  /** Stopped in order, so that the supervisor lets it be, and started by hand. */
  private boolean registryDown(Duration length) {
    victims.stack().stop(RegistryService.NAME);
    // So that an application starts while the registry is away.
    victims.kill(AppPlan.SCORE, recoveries);
    Pause.of(length);
    startServers();
    return true;
  }

  /** Starts broker and registry where they do not run. */
  public void startServers() {
    LocalStack unused =
        LocalStack.up(StackConfig.in(folder.root()).withFreePorts(), StackListener.SILENT);
  }

  /** Permissions would not hold back a root user; a file in the folder's place holds back all. */
  private boolean storeUnwritable(Duration length) {
    Path staging = folder.artifacts().resolve(".staging");
    Path aside = folder.root().resolve("staging-aside");
    try {
      Files.move(staging, aside);
      Files.createFile(staging);
      try {
        Pause.of(length);
      } finally {
        Files.delete(staging);
        Files.move(aside, staging);
      }
    } catch (IOException moved) {
      throw new UncheckedIOException(moved);
    }
    victims.mend();
    return true;
  }

  /** Frozen first: nothing may write there between the removal and the end. */
  private boolean stateRemoved() {
    LocalStack stack = victims.stack();
    boolean lives = lives(AppPlan.STREAMS);
    if (lives) {
      stack.pause(AppPlan.STREAMS);
      try {
        delete(folder.root().resolve("streams-state"));
      } finally {
        victims.kill(AppPlan.STREAMS, recoveries);
      }
    }
    return lives;
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException stays) {
      throw new UncheckedIOException(stays);
    }
  }

  /** Whether everything was done. */
  public boolean over() {
    return !thread.isAlive();
  }

  /** What was done, by kind. */
  public Map<Kind, Integer> done() {
    synchronized (done) {
      return new EnumMap<>(done);
    }
  }

  /** Kills at chosen points, and signs that did not come. */
  public List<PointKill> points() {
    synchronized (points) {
      return List.copyOf(points);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
