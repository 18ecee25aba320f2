package io.alluvium.cli.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.adapters.AdapterHistory;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one adapter.
 *
 * @param adapter its id
 * @param log what the topics say of it
 * @param waits records that the trainer keeps of it; null where none wait or nobody tells
 * @param now for ages
 */
record AdapterStanding(String adapter, Told log, TrainerGauges.@Nullable Waits waits, Instant now) {

  /**
   * What the topics say of an adapter.
   *
   * @param events ends of its rounds in order; none for one that was never trained
   * @param state its state; null where it has none
   */
  record Told(List<AdapterVersion> events, @Nullable AdapterState state) {
    /** Of an adapter in the history of all. */
    static Told of(AdapterHistory history, String adapter) {
      return new Told(
          history.events().getOrDefault(adapter, List.of()), history.states().get(adapter));
    }

    Optional<String> paused() {
      return Optional.ofNullable(state).flatMap(AdapterHistory::paused);
    }
  }

  /** By the first part of an axis' name: what helps when it keeps refusing. */
  private static final Map<String, String> HELP =
      Map.of(
          "heldout",
          "send more examples, raise window.examples, or lower finetune.learningRate",
          "retention",
          "give more anchors (finetune.anchors), lower finetune.learningRate, or widen"
              + " gate.maxExactMatchDrop or gate.maxLossRise",
          "own",
          "raise replay.share of streams-app, or widen gate.own.maxLossShare",
          "reload",
          "look at the artifact store: what is read back is not what was written",
          "alive",
          "raise finetune.learningRate or window.training: the candidate changes nothing");

  private static final String NO_HELP = "`alluvium adapters show %s` has every reason";

  /** What runs from the adapter, what waits, and what refuses; lines for a person. */
  List<String> text() {
    List<String> lines = new ArrayList<>();
    AdapterVersion released = released();
    lines.add(
        "adapter %s  %s  last %d%s"
            .formatted(
                adapter,
                released == null
                    ? "none released"
                    : "current %d (%s ago)"
                        .formatted(released.getVersion(), age(released.getCreatedAt())),
                lastVersion(),
                waits == null
                    ? ""
                    : "  %d waiting, the oldest for %s"
                        .formatted(waits.records(), text(Duration.ofMillis(oldestMs(waits))))));
    log.paused().ifPresent(text -> lines.add("  " + text));
    List<AdapterVersion> refused = refused();
    if (!refused.isEmpty()) {
      lines.add("  refused %d in a row, last: %s".formatted(refused.size(), reason(refused)));
      lines.add("  help: " + help(refused));
    }
    return lines;
  }

  /** The same for a program. */
  void json(ObjectNode node) {
    AdapterVersion released = released();
    node.put("adapter", adapter);
    node.put("currentVersion", released == null ? null : released.getVersion());
    node.put("lastVersion", lastVersion());
    node.put("releasedAt", released == null ? null : released.getCreatedAt().toEpochMilli());
    node.put("waiting", waits == null ? null : waits.records());
    node.put("oldestWaitingSeconds", waits == null ? null : waits.oldestSeconds());
    List<AdapterVersion> refused = refused();
    node.put("paused", log.paused().isPresent());
    node.put("pausedSince", pausedSince());
    node.put("pausedBy", log.state() == null ? null : log.state().getPausedBy());
    node.put("refusedInARow", refused.size());
    node.put("lastRefusal", refused.isEmpty() ? null : reason(refused));
    node.put("help", refused.isEmpty() ? null : help(refused));
  }

  private @Nullable Long pausedSince() {
    Instant since = log.state() == null ? null : log.state().getPausedSince();
    return since == null ? null : since.toEpochMilli();
  }

  /** The newest release, or the one that the last rollback went back to. */
  private @Nullable AdapterVersion released() {
    AdapterVersion current = null;
    for (AdapterVersion event : events()) {
      if (event.getOutcome() == Outcome.RELEASED) {
        current = event;
      } else if (event.getOutcome() == Outcome.ROLLED_BACK) {
        current = version(event.getParentVersion());
      }
    }
    return current;
  }

  private @Nullable AdapterVersion version(@Nullable Long number) {
    return events().stream()
        .filter(event -> Objects.equals(event.getVersion(), number))
        .findFirst()
        .orElse(null);
  }

  private List<AdapterVersion> events() {
    return log.events();
  }

  private long lastVersion() {
    return events().isEmpty() ? 0 : last(events()).getVersion();
  }

  /** Refusals since the last release; a candidate from which training goes on ends no row. */
  private List<AdapterVersion> refused() {
    List<AdapterVersion> row = new ArrayList<>();
    for (AdapterVersion event : events()) {
      if (event.getOutcome() == Outcome.REJECTED) {
        row.add(event);
      } else if (event.getOutcome() != Outcome.CONTINUED) {
        row.clear();
      }
    }
    return row;
  }

  private static String reason(List<AdapterVersion> refused) {
    return String.join("; ", last(refused).getVerdict().getReasons());
  }

  private String help(List<AdapterVersion> refused) {
    return last(refused).getVerdict().getAxes().stream()
        .filter(axis -> !axis.getPassed())
        .map(Axis::getName)
        .map(name -> HELP.getOrDefault(name.split("/", 2)[0], ""))
        .filter(help -> !help.isEmpty())
        .findFirst()
        .orElse(NO_HELP.formatted(adapter));
  }

  private static AdapterVersion last(List<AdapterVersion> all) {
    return all.get(all.size() - 1);
  }

  private static long oldestMs(TrainerGauges.Waits waits) {
    return Math.round(waits.oldestSeconds() * 1000);
  }

  private String age(Instant since) {
    return text(Duration.between(since, now));
  }

  private static String text(Duration age) {
    if (age.toHours() > 0) {
      return String.format(Locale.ROOT, "%d h %d min", age.toHours(), age.toMinutesPart());
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : Math.max(0, age.toSeconds()) + " s";
  }
}
