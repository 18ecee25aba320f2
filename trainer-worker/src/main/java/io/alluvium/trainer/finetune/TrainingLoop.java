package io.alluvium.trainer.finetune;

import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.options.Seeds;
import io.alluvium.trainer.finetune.FineTuneResult.Diverged;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.ending.Ending;
import io.alluvium.trainer.finetune.growth.Growth;
import io.alluvium.trainer.finetune.guard.Bisection;
import io.alluvium.trainer.finetune.guard.Culprit;
import io.alluvium.trainer.finetune.guard.LossLimit;
import io.alluvium.trainer.finetune.hold.RoundAnchors;
import io.alluvium.trainer.finetune.schedule.KlControl;
import io.alluvium.trainer.finetune.schedule.LearningRate;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.Step;
import io.alluvium.trainer.finetune.step.StepContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one round. A step whose loss or gradient is not finite, or whose loss is a spike, is
 * not taken; the records to blame are found, set aside, and the step is made without them.
 */
final class TrainingLoop {

  /**
   * What a round works with.
   *
   * @param step makes a step
   * @param growth chooses what is trained
   * @param ending looks at the last states
   * @param config settings
   * @param vocabulary number of token ids
   * @param anchors what holds the adapter
   * @param cancelled asked before each step
   */
  record Tools(
      Step step,
      Growth growth,
      Ending ending,
      FineTuneConfig config,
      int vocabulary,
      RoundAnchors anchors,
      BooleanSupplier cancelled) {}

  private static final int BATCH_SHARE = 2;

  private final Tools tools;
  private final TrainingState candidate;
  private final int items;
  private final LossLimit limit;
  private final DivergenceGuard guard;
  private final double batchTokens;
  private final KlControl hold;
  private final Tally tally = new Tally();
  private final List<Culprit> quarantined = new ArrayList<>();

  /** A round that changes this candidate. */
  TrainingLoop(Tools tools, TrainingState candidate, List<TrainingItem> items) {
    this.tools = tools;
    this.candidate = candidate;
    this.items = items.size();
    double factor = tools.config().explodingFactor();
    this.guard = new DivergenceGuard(factor, tools.vocabulary());
    this.limit =
        new LossLimit(
            tools.config().loop().spikeDeviations(),
            Math.log(tools.vocabulary()) * ordinaryWeight(items),
            factor);
    this.hold = new KlControl(tools.config().anchors().klBudget());
    this.batchTokens = tools.config().batches().fullTokens(items);
  }

  /** Makes the steps, the first of which comes after so many others of the adapter's life. */
  FineTuneResult run(List<List<TrainingItem>> batches, long stepsBefore) {
    LearningRate rate = new LearningRate(tools.config().course(), batches.size());
    for (int n = 0; n < batches.size(); n++) {
      if (tools.cancelled().getAsBoolean()) {
        return new FineTuneResult.Cancelled();
      }
      List<TrainingItem> batch = allowed(batches.get(n));
      long number = stepsBefore + n + 1;
      double height = rate.at(stepsBefore + n, n);
      long seed = Seeds.mix(candidate.lineage(), number);
      StepContext context = new StepContext(number, height, limit.value(), seed, hold.factor());
      Diverged diverged = batch.isEmpty() ? null : take(batch, n, context);
      if (diverged != null) {
        return diverged;
      }
      tools.growth().after(number, n + 1);
    }
    return finish(batches.get(batches.size() - 1));
  }

  /** What is wrong with the round because of this step; null when it can go on. */
  private @Nullable Diverged take(List<TrainingItem> batch, int windowStep, StepContext context) {
    AnchorBatch hold = tools.anchors().of(windowStep, batchTokens);
    Step.Report report = tools.step().run(candidate, batch, hold, context);
    if (report.taken(context.lossLimit())) {
      return accept(batch, report, windowStep);
    }
    List<TrainingItem> culprits = culprits(batch, context);
    quarantined.addAll(culprits.stream().map(item -> evidence(item, context)).toList());
    if (culprits.isEmpty() || culprits.size() > most(batch.size()) || tooMany()) {
      return guard.diverged(what(report), batch, report, windowStep);
    }
    List<TrainingItem> rest = allowed(batch);
    if (rest.isEmpty()) {
      return null;
    }
    Step.Report again = tools.step().run(candidate, rest, hold, context);
    return again.taken(context.lossLimit())
        ? accept(rest, again, windowStep)
        : guard.diverged(what(again), rest, again, windowStep);
  }

  private @Nullable Diverged accept(List<TrainingItem> batch, Step.Report report, int windowStep) {
    Diverged diverged = guard.judge(batch, report, windowStep);
    if (diverged == null) {
      limit.take(report.loss());
      tools.growth().took();
      tools.ending().took(windowStep, candidate.adapter());
      hold.took(report.kl());
      tools.anchors().took(report.held());
      tally.add(batch, report);
    }
    return diverged;
  }

  /** Nobody, when the records alone are well: then it is the anchors. */
  private List<TrainingItem> culprits(List<TrainingItem> batch, StepContext context) {
    Bisection<TrainingItem> bisection =
        new Bisection<>(group -> badness(measured(group, context)), context.lossLimit());
    return badness(measured(batch, context)) > context.lossLimit()
        ? bisection.culprits(batch, most(batch.size()))
        : List.of();
  }

  private static double badness(Step.Report report) {
    return report.finite() ? report.loss() : Double.POSITIVE_INFINITY;
  }

  private Step.Report measured(List<TrainingItem> group, StepContext context) {
    return tools.step().run(candidate, group, AnchorBatch.NONE, context.measuring());
  }

  private Culprit evidence(TrainingItem item, StepContext context) {
    Step.Report alone = measured(List.of(item), context);
    return new Culprit(
        item.id(),
        "step %d is broken by this record: alone it has weight %.3g, loss %.3g, weighted loss %.3g, gradient norm %.3g; limit of the loss: %s"
            .formatted(
                context.number(),
                item.weight(),
                alone.losses()[0],
                alone.loss(),
                alone.norm(),
                limit));
  }

  private String what(Step.Report report) {
    String found =
        report.finite() ? "loss %.3g is above the limit %s" : "loss or gradient is not finite";
    String blamed = quarantined.isEmpty() ? "" : ", after " + quarantined.size() + " records";
    return found.formatted(report.loss(), limit) + blamed;
  }

  private boolean tooMany() {
    return quarantined.size() > Math.max(1, tools.config().loop().maxQuarantined() * items);
  }

  private static int most(int batch) {
    return Math.max(1, batch / BATCH_SHARE);
  }

  private List<TrainingItem> allowed(List<TrainingItem> batch) {
    Set<String> out = quarantined.stream().map(Culprit::id).collect(Collectors.toSet());
    return batch.stream().filter(item -> !out.contains(item.id())).toList();
  }

  /** No later step would notice what the last update broke. */
  private FineTuneResult finish(List<TrainingItem> last) {
    if (tally.steps() == 0 || !candidate.adapter().finite()) {
      String why =
          tally.steps() == 0
              ? "no step could be taken"
              : "adapter is not finite after the last step";
      return new Diverged(why, last.stream().map(TrainingItem::id).toList());
    }
    return tally.trained(candidate, List.copyOf(quarantined));
  }

  /** The median of the weights that count; 1 where none does. */
  private static double ordinaryWeight(List<TrainingItem> items) {
    double[] weights =
        items.stream().mapToDouble(TrainingItem::weight).filter(weight -> weight > 0).toArray();
    return weights.length == 0 ? 1 : LossLimit.median(weights);
  }
}
