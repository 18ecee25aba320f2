package io.alluvium.cli.bench.domains;

import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.cli.bench.domains.exam.Exam;
import io.alluvium.cli.bench.domains.exam.Material;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.produce.ExampleSender;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Rejection;
import io.alluvium.stack.LocalStack;
import io.alluvium.stack.ProcessStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One domain after the other through a stack that is ready. One thread. */
final class DomainsRun {
  private static final Duration STEP = Duration.ofMillis(500);

  private final LocalStack stack;
  private final Cluster cluster;
  private final Terminal terminal;
  private final Duration limit;

  /**
   * A run.
   *
   * @param limit how long a domain is waited for
   */
  DomainsRun(LocalStack stack, Cluster cluster, Terminal terminal, Duration limit) {
    this.stack = stack;
    this.cluster = cluster;
    this.terminal = terminal;
    this.limit = limit;
  }

  /**
   * What stands after a domain.
   *
   * @param domain its name
   * @param tally of its rounds
   * @param unsettled records that are in no version event and were not refused
   * @param seconds from the first record to the last event
   * @param losses under what is released then
   */
  record Leg(
      String domain, Settling.Tally tally, long unsettled, double seconds, Exam.Losses losses) {}

  /** Sends, waits and measures, domain after domain. */
  List<Leg> run(List<Material> domains, Exam exam) {
    List<Leg> legs = new ArrayList<>();
    Settling settling = new Settling();
    long sent = 0;
    try (TopicReader<AdapterVersion> versions = cluster.read(cluster.topics().versions());
        TopicReader<Rejection> rejections = cluster.read(cluster.topics().rejected())) {
      Reading reading = new Reading(versions, rejections, settling);
      for (Material domain : domains) {
        Settling.Tally before = settling.tally();
        Instant since = Instant.now();
        send(domain);
        sent += domain.sent().size();
        await(reading, domain.name(), sent);
        legs.add(
            new Leg(
                domain.name(),
                settling.tally().since(before),
                Math.max(0, sent - settling.settled()),
                Duration.between(since, Instant.now()).toMillis() / 1e3,
                exam.under(settling.released().map(AdapterHistory::folder))));
      }
    }
    return legs;
  }

  private void send(Material domain) {
    try (ExampleSender sender = new ExampleSender(cluster)) {
      domain.sent().forEach(example -> sender.send(example, example.getId()));
      sender.flush();
    }
  }

  private void await(Reading reading, String domain, long sent) {
    Instant until = Instant.now().plus(limit);
    try (Progress progress = Progress.start(terminal, domain, sent)) {
      while (reading.settling().settled() < sent && Instant.now().isBefore(until)) {
        reading.next();
        requireAlive();
        progress.at(reading.settling().settled());
      }
    }
    long settled = reading.settling().settled();
    if (settled < sent) {
      terminal.say(
          "%s: %d of %d records are settled after %s; the others are not in what is measured: raise --time-limit"
              .formatted(domain, settled, sent, limit));
    }
  }

  private void requireAlive() {
    for (ProcessStatus process : stack.status()) {
      if (process.state() == ProcessStatus.State.GONE) {
        throw CommandException.failed(
            "%s ended in the middle: see its log with --work-dir DIR".formatted(process.name()));
      }
    }
  }

  /** What the system says, on its way into the books. */
  private record Reading(
      TopicReader<AdapterVersion> versions, TopicReader<Rejection> rejections, Settling settling) {
    void next() {
      versions.next(STEP).forEach(entry -> settling.ended(entry.value()));
      rejections.next(STEP).forEach(entry -> settling.refused(entry.value()));
    }
  }
}
