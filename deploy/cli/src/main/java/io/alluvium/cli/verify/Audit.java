package io.alluvium.cli.verify;

import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.verify.book.Book;
import io.alluvium.cli.verify.book.Examples;
import io.alluvium.cli.verify.book.Line;
import io.alluvium.cli.verify.book.Refused;
import io.alluvium.cli.verify.chain.Chain;
import io.alluvium.cli.verify.chain.Commit;
import io.alluvium.cli.verify.chain.Commits;
import io.alluvium.cli.verify.finding.Findings;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything once. The order makes it right while the system runs: offsets and states first,
 * then the events that they came with, then what the events speak of, and upstream last.
 */
final class Audit {
  private final Log log;
  private final Topics topics;
  private final Scope scope;
  private final Findings findings = new Findings();
  private final Findings elsewhere = new Findings();
  private final SortedMap<String, Chain> chains = new TreeMap<>();
  private final SortedMap<String, Long> outcomes = new TreeMap<>();
  private final SortedMap<String, Long> records = new TreeMap<>();
  private final Set<String> begunLater = new TreeSet<>();
  private final Book.Totals totals = new Book.Totals();
  private final Refused refused = new Refused(findings);
  private final Examples examples;

  /**
   * What to look at.
   *
   * @param group the trainer's
   * @param adapter the one to report on; null for all
   */
  record Scope(String group, @Nullable String adapter) {}

  Audit(Log log, Scope scope) {
    this.log = log;
    this.topics = log.cluster().topics();
    this.scope = scope;
    this.examples = new Examples(topics.accepted().name());
  }

  /** Reads and checks all. */
  Audit run() {
    Map<String, Commit> before = log.commits(scope.group());
    Commits commits = new Commits(findings, before);
    Map<String, AdapterState> states = states();
    Set<String> trained = readEvents(commits);
    compareStates(states);
    readRefusals();
    trained.add(topics.training().name());
    trained.addAll(log.lanes());
    // First, so that a double is listed where it began.
    readUpstream();
    trained.forEach(name -> readTraining(name, commits));
    commits.compare(log.commits(scope.group()), totals.noted());
    return this;
  }

  private Map<String, AdapterState> states() {
    Map<String, AdapterState> states = new TreeMap<>();
    log.read(
        topics.adapters(),
        (record, state) -> {
          if (state != null) {
            states.put(state.getAdapter(), state);
          }
        });
    return states;
  }

  private Set<String> readEvents(Commits commits) {
    Set<String> trained = new TreeSet<>();
    log.read(
        topics.versions(),
        (record, event) -> {
          AdapterVersion known = readable(record, event);
          commits.accept(known);
          chain(known.getAdapter()).accept(known);
          if (wanted(known.getAdapter())) {
            outcomes.merge(known.getOutcome().name(), 1L, Long::sum);
          }
          trained.add(known.getWindow().getTopic());
        });
    return trained;
  }

  private static AdapterVersion readable(
      ConsumerRecord<String, byte[]> record, @Nullable AdapterVersion event) {
    if (event == null) {
      throw CommandException.failed(
          "record %s-%d@%d cannot be read: it was not written by alluvium, check --topic-prefix"
              .formatted(record.topic(), record.partition(), record.offset()));
    }
    if (event.getOutcome() == Outcome.UNKNOWN) {
      throw CommandException.failed(
          "%s version %d has an outcome that this build does not know: verify with a newer build"
              .formatted(event.getAdapter(), event.getVersion()));
    }
    return event;
  }

  private Chain chain(String adapter) {
    return chains.computeIfAbsent(adapter, id -> new Chain(findingsOf(id)));
  }

  private boolean wanted(String adapter) {
    return scope.adapter() == null || scope.adapter().equals(adapter);
  }

  /** The empty name stands for records that are no adapter's. */
  private Findings findingsOf(String adapter) {
    return adapter.isEmpty() || wanted(adapter) ? findings : elsewhere;
  }

  private void compareStates(Map<String, AdapterState> states) {
    states.forEach((adapter, state) -> chain(adapter).compare(state));
    Set<String> stateless = new TreeSet<>(chains.keySet());
    stateless.removeAll(states.keySet());
    if (!stateless.isEmpty()) {
      // Adapters whose first event came after the first look have a state by now.
      stateless.removeAll(states().keySet());
      stateless.forEach(adapter -> chain(adapter).compare(null));
    }
  }

  private void readRefusals() {
    Map<Integer, Instant> first = new HashMap<>();
    Map<Integer, Long> begins =
        log.read(
            topics.rejected(),
            (record, rejection) -> {
              count(record.topic());
              first.putIfAbsent(record.partition(), Instant.ofEpochMilli(record.timestamp()));
              take(rejection);
            });
    begins.forEach(
        (partition, begin) -> {
          if (begin > 0) {
            begunLater.add(topics.rejected().name());
            refused.beginsAt(first.getOrDefault(partition, Instant.MAX));
          }
        });
  }

  private void take(@Nullable Rejection rejection) {
    if (rejection != null) {
      refused.accept(rejection);
    }
  }

  private void readTraining(String name, Commits commits) {
    Topic<WeightedExample> topic =
        new Topic<>(name, WeightedExample.class, 1, topics.training().retention());
    Map<Integer, Book> books = new HashMap<>();
    begins(topic)
        .forEach((partition, begin) -> books.put(partition, book(name, partition, begin, commits)));
    log.read(
        topic,
        (record, value) -> {
          count(name);
          Objects.requireNonNull(books.get(record.partition())).accept(line(record, value));
        });
    books.values().forEach(book -> book.end(chains.keySet()));
  }

  private Map<Integer, Long> begins(Topic<?> topic) {
    Map<Integer, Long> begins = log.begins(topic);
    if (begins.values().stream().anyMatch(begin -> begin > 0)) {
      begunLater.add(topic.name());
    }
    return begins;
  }

  private Book book(String topic, int partition, long begin, Commits commits) {
    String where = topic + "-" + partition;
    return new Book(
        new Book.Place(
            topic, partition, begin, commits.settledBelow(where), commits.position(where)),
        refused,
        examples,
        new Book.Source(
            this::findingsOf, (id, at) -> chain(id).windows().getOrDefault(at, List.of()), totals));
  }

  private static Line line(ConsumerRecord<String, byte[]> record, @Nullable WeightedExample value) {
    return new Line(record.offset(), record.key(), Instant.ofEpochMilli(record.timestamp()), value);
  }

  private void readUpstream() {
    begins(topics.scored());
    log.read(
        topics.scored(),
        (record, scored) -> {
          count(record.topic());
          if (scored != null) {
            String where =
                "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
            examples.scored(findingsOf(scored.getExample().getAdapter()), where, scored);
          }
        });
    for (Topic<?> topic : List.of(topics.review(), topics.accepted(), topics.examples())) {
      begins(topic);
      records.put(topic.name(), log.count(topic));
    }
  }

  private void count(String topic) {
    records.merge(topic, 1L, Long::sum);
  }

  Findings findings() {
    return findings;
  }

  /** Chains that are reported on, by adapter. */
  SortedMap<String, Chain> chains() {
    SortedMap<String, Chain> wanted = new TreeMap<>(chains);
    wanted.keySet().removeIf(adapter -> !wanted(adapter));
    return wanted;
  }

  /** Events by outcome. */
  SortedMap<String, Long> outcomes() {
    return outcomes;
  }

  /** Records by topic. */
  SortedMap<String, Long> records() {
    return records;
  }

  Book.Totals totals() {
    return totals;
  }

  Refused refused() {
    return refused;
  }

  /** Fresh training records whose id came before. */
  long idsAgain() {
    return examples.idsAgain();
  }

  /** Topics whose oldest records are gone. */
  Set<String> begunLater() {
    return begunLater;
  }
}
