package io.alluvium.trainer.train.round;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.round.RoundRunner;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import io.alluvium.trainer.round.outcome.RoundOutcome;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log of what was committed. */
public record RoundNotes(TrainerMetrics metrics) {
  private static final Logger LOG = LoggerFactory.getLogger(RoundNotes.class);

  /** Counts refused records by their reason. */
  public void refused(List<RefusedRecord> refused) {
    refused.forEach(one -> metrics.refused(one.refusal().reason().name(), 1));
  }

  /** Tells of a round that was committed. */
  public void published(RoundOutcome outcome, Instant now) {
    String adapter = outcome.plan().adapter();
    RoundOutcome.Shares shares = outcome.shares();
    refused(shares.refused());
    metrics.passed((long) shares.training().size() + shares.heldOut().size());
    metrics.verdict(fate(outcome));
    outcome.stageTimes().forEach(metrics::stageTime);
    if (outcome.training().steps() > 0) {
      metrics.windowLoss(adapter, outcome.training().meanLoss());
      metrics.tokens(
          outcome.training().tokens(), outcome.stageTimes().getOrDefault("train", Duration.ZERO));
    }
    outcome.verdict().axes().stream()
        .filter(axis -> axis.name().equals("heldout/loss"))
        .forEach(axis -> gain(adapter, axis));
    outcome.verdict().axes().stream()
        .filter(axis -> axis.name().equals(RoundRunner.PREQUENTIAL))
        .forEach(axis -> metrics.prequentialLoss(adapter, axis.after()));
    if (outcome.released()) {
      released(outcome, now);
    }
    LOG.info("{} version {}: {}", adapter, outcome.plan().version(), told(outcome));
  }

  /** Tells of a rollback that was committed. */
  public void rolledBack(Order order, AdapterLine line) {
    String adapter = order.command().getAdapter();
    AdapterVersion champion = line.champion();
    if (champion != null) {
      metrics.currentVersion(adapter, champion.getVersion());
    }
    line(adapter, line);
    LOG.info(
        "{} version {}: rolled back to version {}, ordered by {}",
        adapter,
        line.lastVersion(),
        order.command().getVersion(),
        order.command().getIssuedBy());
  }

  /** What the log says of an adapter after its round. */
  public void line(String adapter, AdapterLine line) {
    metrics.refusedInARow(adapter, line.refusals().size());
    AdapterVersion champion = line.champion();
    if (champion != null) {
      metrics.releasedAt(adapter, champion.getCreatedAt());
    }
  }

  private void gain(String adapter, Verdict.Measure axis) {
    Double before = axis.before();
    if (before != null) {
      metrics.heldOutGain(adapter, before - axis.after());
    }
  }

  private void released(RoundOutcome outcome, Instant now) {
    metrics.currentVersion(outcome.plan().adapter(), outcome.plan().version());
    metrics.publishedAt(now);
    outcome.eventTimes().forEach(time -> metrics.freshness(age(time, now)));
  }

  private static Duration age(Instant eventTime, Instant now) {
    return eventTime.isAfter(now) ? Duration.ZERO : Duration.between(eventTime, now);
  }

  private static String fate(RoundOutcome outcome) {
    return outcome.outcome().name().toLowerCase(Locale.ROOT);
  }

  private static String told(RoundOutcome outcome) {
    List<String> reasons = outcome.verdict().reasons();
    return reasons.isEmpty()
        ? fate(outcome)
        : fate(outcome) + " (" + String.join("; ", reasons) + ")";
  }
}
