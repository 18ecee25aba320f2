package io.alluvium.trainer;

import io.alluvium.trainer.gate.Verdict;
import io.alluvium.trainer.round.RoundOutcome;
import io.alluvium.trainer.round.WindowPlan;
import io.alluvium.trainer.watch.TrainerMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells metrics and log of committed rounds. */
record RoundNotes(TrainerMetrics metrics) {
  private static final Logger LOG = LoggerFactory.getLogger(RoundNotes.class);

  void published(WindowPlan plan, List<RoundOutcome> outcomes, Instant now) {
    RoundRecords.refused(plan, outcomes)
        .forEach(refused -> metrics.refused(refused.refusal().reason().name(), 1));
    outcomes.forEach(outcome -> published(outcome, now));
  }

  private void published(RoundOutcome outcome, Instant now) {
    String adapter = outcome.round().adapter();
    RoundOutcome.Shares shares = outcome.shares();
    metrics.passed((long) shares.training().size() + shares.heldOut().size());
    metrics.verdict(outcome.released() ? "released" : "rejected");
    outcome.stageTimes().forEach(metrics::stageTime);
    if (outcome.training().steps() > 0) {
      metrics.windowLoss(adapter, outcome.training().meanLoss());
      metrics.tokens(
          outcome.training().tokens(), outcome.stageTimes().getOrDefault("train", Duration.ZERO));
    }
    outcome.verdict().axes().stream()
        .filter(axis -> axis.name().equals("heldout/loss"))
        .forEach(axis -> gain(adapter, axis));
    if (outcome.released()) {
      released(outcome, now);
    }
    LOG.info("{} version {}: {}", adapter, outcome.round().version(), told(outcome));
  }

  private void gain(String adapter, Verdict.Measure axis) {
    Double before = axis.before();
    if (before != null) {
      metrics.heldOutGain(adapter, before - axis.after());
    }
  }

  private void released(RoundOutcome outcome, Instant now) {
    metrics.currentVersion(outcome.round().adapter(), outcome.round().version());
    metrics.publishedAt(now);
    outcome.eventTimes().forEach(time -> metrics.freshness(age(time, now)));
  }

  private static Duration age(Instant eventTime, Instant now) {
    return eventTime.isAfter(now) ? Duration.ZERO : Duration.between(eventTime, now);
  }

  private static String told(RoundOutcome outcome) {
    String fate = outcome.released() ? "released" : "rejected";
    List<String> reasons = outcome.verdict().reasons();
    return reasons.isEmpty() ? fate : fate + " (" + String.join("; ", reasons) + ")";
  }
}
