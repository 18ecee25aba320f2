package io.alluvium.cli.rejections;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.ConnectionOptions;
import io.alluvium.cli.connect.topic.TopicReader.Entry;
import io.alluvium.cli.terminal.CommandException;
import io.alluvium.cli.terminal.Terminal;
import io.alluvium.cli.terminal.format.FormatOption;
import io.alluvium.schemas.Rejection;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code alluvium rejections list}. */
@Command(
    name = "list",
    description = "Count refusals by adapter, stage and reason, or list the last ones.",
    footer = {
      "",
      "Counted are all that the topic still has (30 days unless it was made otherwise). With --lines or --limit the "
          + "last ones are listed, newest last, each with a place that `alluvium rejections show` takes.",
      "",
      "Examples:",
      "  alluvium rejections list",
      "  alluvium rejections list --adapter support --since PT1H --lines",
      "  alluvium rejections list --stage admit --reason TOO_LONG --limit 100 --format json"
    })
final class ListRejectionsCommand implements Runnable {
  private static final int USUAL = 20;

  private final Terminal terminal;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();
  @Mixin private final Selection selection = new Selection();

  @Option(names = "--lines", description = "One line for each refusal instead of counts.")
  private boolean lines;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "List the last N instead of counts (with --lines alone: 20).")
  private @Nullable Integer limit;

  @Mixin private final FormatOption format = new FormatOption();

  ListRejectionsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    if (limit != null && limit < 1) {
      throw CommandException.usage("--limit is %d, must be at least 1".formatted(limit));
    }
    Cluster cluster = connection.cluster().ensureReachable();
    if (lines || limit != null) {
      list(cluster, Objects.requireNonNullElse(limit, USUAL));
    } else {
      count(cluster);
    }
  }

  private void count(Cluster cluster) {
    Map<Kind, Sum> sums = new TreeMap<>();
    selection.each(
        cluster,
        entry ->
            sums.merge(
                Kind.of(entry.value()), new Sum(1, entry.value().getRejectedAt()), Sum::plus));
    sums.forEach(this::print);
    terminal.sayIfEmpty(sums.keySet(), "nothing was refused");
  }

  private void print(Kind kind, Sum sum) {
    format.print(
        terminal,
        JsonNodeFactory.instance
            .objectNode()
            .put("adapter", kind.adapter().isEmpty() ? null : kind.adapter())
            .put("stage", kind.stage())
            .put("reason", kind.reason())
            .put("count", sum.count())
            .put("last", sum.last().toEpochMilli()),
        "%8d  %-20s %-8s %-24s last %s"
            .formatted(
                sum.count(),
                kind.adapter().isEmpty() ? "(no adapter)" : kind.adapter(),
                kind.stage(),
                kind.reason(),
                sum.last()));
  }

  private void list(Cluster cluster, int most) {
    Comparator<Entry<Rejection>> age =
        Comparator.comparing((Entry<Rejection> entry) -> entry.value().getRejectedAt())
            .thenComparing(Entry::partition)
            .thenComparing(Entry::offset);
    PriorityQueue<Entry<Rejection>> last = new PriorityQueue<>(age);
    selection.each(
        cluster,
        entry -> {
          last.add(entry);
          if (last.size() > most) {
            last.remove();
          }
        });
    List<Entry<Rejection>> shown = last.stream().sorted(age).toList();
    shown.forEach(entry -> RefusalText.print(terminal, format, entry));
    terminal.sayIfEmpty(shown, "nothing was refused");
  }

  private record Kind(String adapter, String stage, String reason) implements Comparable<Kind> {
    static Kind of(Rejection rejection) {
      return new Kind(
          Objects.requireNonNullElse(rejection.getAdapter(), ""),
          rejection.getStage(),
          rejection.getReason());
    }

    @Override
    public int compareTo(Kind other) {
      return Comparator.comparing(Kind::adapter)
          .thenComparing(Kind::stage)
          .thenComparing(Kind::reason)
          .compare(this, other);
    }
  }

  private record Sum(long count, Instant last) {
    Sum plus(Sum other) {
      return new Sum(count + other.count, last.isAfter(other.last) ? last : other.last);
    }
  }
}
