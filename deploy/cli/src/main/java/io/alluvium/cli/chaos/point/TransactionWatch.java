package io.alluvium.cli.chaos.point;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.stack.process.Pause;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Transactions of the trainers, before they are committed. */
public final class TransactionWatch {
  private static final Set<TransactionState> COMMITTING =
      EnumSet.of(TransactionState.PREPARE_COMMIT, TransactionState.COMPLETE_COMMIT);
  private static final Set<TransactionState> ENDING =
      EnumSet.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT);
  private static final Duration LOOK_EVERY = Duration.ofMillis(1);
  private static final Duration STEP = Duration.ofMillis(200);

  private final Cluster cluster;
  private final List<String> transactionalIds;

  /**
   * @param transactionalIds of the trainers
   */
  public TransactionWatch(Cluster cluster, List<String> transactionalIds) {
    this.cluster = cluster;
    this.transactionalIds = List.copyOf(transactionalIds);
  }

  /** Waits until the broker has an open transaction of a trainer; it asks again and again. */
  public boolean open(Duration within) {
    long endNs = System.nanoTime() + within.toNanos();
    ListTransactionsOptions ongoing =
        new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
    try (Admin admin = cluster.admin()) {
      while (System.nanoTime() < endNs) {
        if (admin.listTransactions(ongoing).all().get().stream()
            .anyMatch(one -> transactionalIds.contains(one.transactionalId()))) {
          return true;
        }
        Pause.of(LOOK_EVERY);
      }
      return false;
    } catch (ExecutionException away) {
      return false;
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  /**
   * Waits until the broker commits and aborts no transaction of anybody, seen twice: what was under
   * way to it at the first look has come by the second.
   *
   * @return false where it does not say so in time
   */
  public boolean noneEnds(Duration within) {
    long endNs = System.nanoTime() + within.toNanos();
    ListTransactionsOptions ending =
        new ListTransactionsOptions()
            .filterStates(ENDING)
            .timeoutMs(Math.toIntExact(within.toMillis()));
    int seen = 0;
    try (Admin admin = cluster.admin()) {
      while (seen < 2 && System.nanoTime() < endNs) {
        seen = admin.listTransactions(ending).all().get().isEmpty() ? seen + 1 : 0;
        Pause.of(STEP);
      }
      return seen == 2;
    } catch (ExecutionException away) {
      return false;
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }

  /** Waits for an event that the broker has, committed or not yet. */
  public boolean event(Duration within) {
    long endNs = System.nanoTime() + within.toNanos();
    try (Consumer<byte[], byte[]> reader = reader()) {
      String topic = cluster.topics().versions().name();
      List<TopicPartition> partitions =
          reader.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      reader.assign(partitions);
      reader.seekToEnd(partitions);
      partitions.forEach(reader::position);
      while (System.nanoTime() < endNs) {
        if (!reader.poll(STEP).isEmpty()) {
          return true;
        }
      }
      return false;
    }
  }

  private Consumer<byte[], byte[]> reader() {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", cluster.bootstrap(),
            "isolation.level", "read_uncommitted",
            "fetch.min.bytes", "1",
            "enable.auto.commit", "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What had been reached, told after the kill. */
  public Reached reached() {
    Collection<TransactionDescription> states = states().values();
    if (states.stream().anyMatch(one -> one.state() == TransactionState.ONGOING)) {
      return Reached.TRANSACTION_BEGUN;
    }
    return states.stream().anyMatch(one -> COMMITTING.contains(one.state()))
        ? Reached.COMMIT_SENT
        : Reached.UNKNOWN;
  }

  private Map<String, TransactionDescription> states() {
    try (Admin admin = cluster.admin()) {
      Collection<String> known = new HashSet<>();
      admin.listTransactions().all().get().forEach(one -> known.add(one.transactionalId()));
      known.retainAll(transactionalIds);
      return admin.describeTransactions(known).all().get();
    } catch (ExecutionException away) {
      return Map.of();
    } catch (InterruptedException interrupted) {
      throw Pause.interrupted(interrupted);
    }
  }
}
