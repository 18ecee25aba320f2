package io.alluvium.cli.produce.fate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.connect.topic.TrainingReader;
import io.alluvium.cli.terminal.Progress;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.watch.VersionText;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.TrainingExample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Follows records to their fate by reading the topics behind, from where they ended when it began.
 */
public final class Following implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(100);
  private static final int MOST_NAMED = 20;

  private final Terminal terminal;
  private final Duration limit;
  private final Fates fates;
  private final TopicReader<TrainingExample> accepted;
  private final TopicReader<Rejection> rejected;
  private final Optional<Training> training;
  private long named;

  private Following(
      Cluster cluster, Terminal terminal, Duration limit, Optional<Training> training) {
    this.terminal = terminal;
    this.limit = limit;
    this.training = training;
    fates = new Fates(cluster.topics().examples().name());
    accepted = cluster.read(cluster.topics().accepted()).fromNow();
    rejected = cluster.read(cluster.topics().rejected()).fromNow();
  }

  static Following toAcceptance(Cluster cluster, Terminal terminal, Duration limit) {
    return new Following(cluster, terminal, limit, Optional.empty());
  }

  static Following toTraining(Cluster cluster, Terminal terminal, Duration limit) {
    Training training =
        new Training(
            cluster.readTraining().fromNow(), cluster.read(cluster.topics().versions()).fromNow());
    return new Following(cluster, terminal, limit, Optional.of(training));
  }

  /** Books a record that the broker has; from any thread. */
  public void sent(TrainingExample example, String origin, RecordMetadata at) {
    fates.sent(new Fates.Place(at.partition(), at.offset()), example, origin);
  }

  /**
   * Waits until all that was sent has its fate, or the time is over. Each refusal is a line on
   * standard error, up to twenty.
   *
   * @return whether everything was accepted, and trained where that was asked for
   */
  public boolean await() {
    Instant end = Instant.now().plus(limit);
    try (Progress progress = Progress.start(terminal, "wait", 0)) {
      while (isOpen() && Instant.now().isBefore(end)) {
        look(progress);
        progress.at(fates.accepted(), "accepted, %d open".formatted(open()));
      }
      // What a round refused is committed with its event, and may be read after it.
      look(progress);
    }
    sayWhatIsOpen();
    return !isOpen() && fates.refusedByReason().isEmpty();
  }

  private boolean isOpen() {
    return open() > 0;
  }

  private long open() {
    return fates.unsettled() + (training.isPresent() ? fates.underWay() : 0);
  }

  private void look(Progress progress) {
    accepted.next(STEP).forEach(entry -> fates.accepted(entry.value()));
    for (Entry<Rejection> entry : rejected.next(STEP)) {
      fates.refused(entry.value()).ifPresent(origin -> name(progress, origin, entry.value()));
    }
    training.ifPresent(topics -> topics.look(this, progress));
  }

  private void name(Progress progress, String origin, Rejection rejection) {
    named++;
    if (named <= MOST_NAMED) {
      progress.say(
          "%s: refused by %s, %s: %s"
              .formatted(
                  origin, rejection.getStage(), rejection.getReason(), rejection.getDetail()));
    } else if (named == MOST_NAMED + 1) {
      progress.say("more are refused: `alluvium rejections list --lines` names them");
    }
  }

  private void sayWhatIsOpen() {
    if (fates.unsettled() > 0) {
      terminal.say(
          "%d records are neither accepted nor refused after %s: `alluvium status` shows whether streams-app runs"
              .formatted(fates.unsettled(), limit));
    } else if (isOpen()) {
      terminal.say(
          "%d accepted records are not trained after %s: `alluvium status` shows what they wait for"
              .formatted(open(), limit));
    }
  }

  /** Adds what became of the records to a summary. */
  public void describe(ObjectNode summary) {
    summary.put("accepted", fates.accepted());
    fates.refusedByReason().forEach(summary.putObject("rejected")::put);
    summary.put("unsettled", fates.unsettled());
    if (training.isPresent()) {
      summary.put("trained", fates.trained()).put("underWay", fates.underWay());
    }
  }

  /** The same in words. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(fates.accepted() + " accepted");
    long refused = fates.refusedByReason().values().stream().mapToLong(Long::longValue).sum();
    parts.add(refused + " refused" + reasons());
    if (fates.unsettled() > 0) {
      parts.add(fates.unsettled() + " unknown");
    }
    if (training.isPresent()) {
      parts.add(fates.trained() + " trained");
    }
    return String.join(", ", parts);
  }

  private String reasons() {
    return fates.refusedByReason().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", ", " (", ")"))
        .replace(" ()", "");
  }

  @Override
  public void close() {
    accepted.close();
    rejected.close();
    training.ifPresent(Training::close);
  }

  private record Training(TrainingReader records, TopicReader<AdapterVersion> versions) {
    void look(Following following, Progress progress) {
      records.next(STEP).forEach(following.fates::arrived);
      for (Entry<AdapterVersion> event : versions.next(STEP)) {
        following.fates.published(event.value());
        progress.say(VersionText.line(event.value()));
      }
    }

    void close() {
      records.close();
      versions.close();
    }
  }
}
