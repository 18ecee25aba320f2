package io.alluvium.cli.rejections;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.schemas.Rejection;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which refusals are meant. */
final class Selection {
  @Option(names = "--adapter", paramLabel = "ID", description = "Only this adapter's.")
  private @Nullable String adapter;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description =
          "Only of this stage: admit, dedup, novelty, replay, route, weigh, score, train.")
  private @Nullable String stage;

  @Option(names = "--reason", paramLabel = "CODE", description = "Only for this reason.")
  private @Nullable String reason;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only since then: 2026-11-21T12:00:00Z, or PT1H for an hour ago.")
  private @Nullable String since;

  /**
   * Reads all that are meant and hands them over in partition order, without keeping them.
   *
   * @throws CommandException (usage) when --since is no time
   */
  void each(Cluster cluster, Consumer<TopicReader.Entry<Rejection>> consumer) {
    Instant from = since == null ? Instant.EPOCH : time(since, Instant.now());
    try (TopicReader<Rejection> reader = cluster.read(cluster.topics().rejected())) {
      // The topic is read from its beginning: timestamps of old records that were refused today are
      // old.
      reader.each(
          entry -> {
            if (isMeant(entry.value(), from)) {
              consumer.accept(entry);
            }
          });
    }
  }

  private boolean isMeant(Rejection rejection, Instant from) {
    return (adapter == null || adapter.equals(rejection.getAdapter()))
        && (stage == null || stage.equals(rejection.getStage()))
        && (reason == null || reason.equalsIgnoreCase(rejection.getReason()))
        && !rejection.getRejectedAt().isBefore(from);
  }

  static Instant time(String written, Instant now) {
    try {
      return written.startsWith("P")
          ? now.minus(Duration.parse(written))
          : OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeException noTime) {
      throw CommandException.usage(
          "--since %s is no time: write 2026-11-21T12:00:00Z, or PT1H for an hour ago"
              .formatted(written),
          noTime);
    }
  }
}
