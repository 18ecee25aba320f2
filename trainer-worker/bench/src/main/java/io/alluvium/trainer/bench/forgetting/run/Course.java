package io.alluvium.trainer.bench.forgetting.run;

import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.bench.forgetting.measure.Domain;
import io.alluvium.trainer.bench.forgetting.measure.Measures;
import io.alluvium.trainer.bench.forgetting.order.Arm;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult;
import io.alluvium.trainer.bench.forgetting.order.SequenceResult.Row;
import io.alluvium.trainer.bench.forgetting.run.SequenceRun.Instruments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The domains in the arm's scheme, and what is measured on the way. */
public final class Course {
  private final SequenceOrder order;
  private final Arm arm;
  private final Measures measures;
  private final Instruments instruments;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Integer> verdicts = new TreeMap<>();
  private final List<String> reasons = new ArrayList<>();
  private @Nullable Row served;
  private long tokens;
  private double seconds;

  /**
   * A course that has not begun.
   *
   * @param instruments rounds are made with; all of it stays the caller's, as what measures does
   */
  public Course(SequenceOrder order, Measures measures, Instruments instruments) {
    this.order = order;
    this.arm = Arm.of(order.arm());
    this.measures = measures;
    this.instruments = instruments;
  }

  /**
   * Goes through it.
   *
   * @throws IOException when the store fails
   */
  public SequenceResult run() throws IOException {
    rows.add(measures.base());
    switch (arm.scheme()) {
      case NONE -> measured(measures.domains(), null);
      case SEQUENCE -> sequence();
      case JOINT -> joint();
      case ALONE -> alone();
    }
    return new SequenceResult(
        order.arm(), order.seed(), rows, served, verdicts, reasons, tokens, seconds);
  }

  private void sequence() throws IOException {
    try (SequenceRun run = begun()) {
      for (Domain domain : measures.domains()) {
        run.learn(share(domain));
        measured(List.of(domain), run);
      }
      served(run);
      count(run);
    }
  }

  private void joint() throws IOException {
    try (SequenceRun run = begun()) {
      run.learn(share(Domain.shuffled(measures.domains(), order.seed())));
      measured(measures.domains(), run);
      count(run);
    }
  }

  private void alone() throws IOException {
    for (Domain domain : measures.domains()) {
      try (SequenceRun run = begun()) {
        run.learn(share(domain));
        measured(List.of(domain), run);
        count(run);
      }
    }
  }

  private SequenceRun begun() {
    return new SequenceRun(instruments, arm, order.stream(), order.seed());
  }

  private Domain share(Domain domain) {
    double kept = arm.amounts().kept();
    return kept < 1 ? domain.drawn(kept, order.seed()) : domain;
  }

  private void measured(List<Domain> learned, @Nullable SequenceRun run) throws IOException {
    try (LoraWeights adapter = run == null ? null : run.current()) {
      learned.forEach(domain -> rows.add(measures.after(domain, adapter)));
    }
  }

  private void served(SequenceRun run) throws IOException {
    if (arm.has(Arm.Part.GATE)) {
      List<Domain> domains = measures.domains();
      try (LoraWeights adapter = run.served()) {
        served = measures.after(domains.get(domains.size() - 1), adapter);
      }
    }
  }

  private void count(SequenceRun run) {
    run.verdicts().forEach((outcome, rounds) -> verdicts.merge(outcome, rounds, Integer::sum));
    reasons.addAll(run.reasons());
    tokens += run.tokens();
    seconds += run.seconds();
  }
}
