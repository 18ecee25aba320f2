package io.alluvium.trainer.finetune.growth;

import ai.djl.pytorch.jni.NativeTensor;
import ai.djl.pytorch.jni.ScriptModule;
import io.alluvium.trainer.adapter.part.Linear;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.finetune.config.Regrowth;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.finetune.step.StepText;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the entries of a sparse adapter anew while a round trains it; with other kinds there is
 * nothing to do. Gradients are summed up within a round only, so nothing of it has to be kept
 * between rounds. Owns native memory: the size of the adapted linears, fp32.
 */
public final class Growth implements AutoCloseable {
  private static final int PARTS = 3;

  private final ScriptModule program;
  private final FineTuneConfig config;
  private final TrainingState candidate;
  private final int steps;
  private final List<Linear> linears;
  private final List<NativeTensor> sums;
  private int taken;

  /**
   * Growth of a round.
   *
   * @param program of training; it outlives this
   * @param candidate whose entries are chosen; it outlives this
   * @param steps of the round
   */
  public Growth(ScriptModule program, FineTuneConfig config, TrainingState candidate, int steps) {
    this.program = program;
    this.config = config;
    this.candidate = candidate;
    this.steps = steps;
    this.linears =
        config.lora().kind().dense()
            ? config.lora().linears(candidate.adapter().base())
            : List.of();
    this.sums = linears.stream().map(Growth::zeros).toList();
  }

  /** To which a step adds the gradients of all entries; none for other kinds. */
  public List<NativeTensor> sums() {
    return sums;
  }

  /** Says that a step was taken, with its gradients in the sums. */
  public void took() {
    taken++;
  }

  /**
   * Chooses, if this is the time.
   *
   * @param lifetimeStep steps since the adapter was fresh
   * @param windowStep steps since the round began
   */
  public void after(long lifetimeStep, int windowStep) {
    Regrowth rule = config.adapter().regrowth();
    if (!sums.isEmpty() && taken > 0 && rule.due(lifetimeStep, windowStep, steps)) {
      choose(lifetimeStep, rule.shareAt(lifetimeStep));
      taken = 0;
    }
  }

  @Override
  public void close() {
    sums.forEach(NativeTensor::close);
  }

  private void choose(long lifetimeStep, double share) {
    Entries.Seed seed =
        new Entries.Seed(
            taken,
            1 - Math.pow(StepText.FIRST_BETA, (double) lifetimeStep),
            1 - Math.pow(StepText.SECOND_BETA, (double) lifetimeStep));
    List<NativeTensor> to = new ArrayList<>();
    List<NativeTensor> by = new ArrayList<>();
    try {
      for (int n = 0; n < linears.size(); n++) {
        if (linears.get(n).adapted()) {
          List<NativeTensor> own = tensors(n, to.size() / (PARTS + 2));
          Entries entries = entries(own, linears.get(n));
          int number = (int) (share * entries.places().length);
          by.addAll(tensors(entries.chosen(sums.get(n).floats(), number, seed), linears.get(n)));
          to.addAll(own);
        }
      }
      program.method("choose").with(to).with(by).with(sums).run();
    } finally {
      by.forEach(NativeTensor::close);
    }
  }

  /** Values, rows, columns and the two moments of the n-th linear, of the adapted ones a number. */
  private List<NativeTensor> tensors(int n, int adapted) {
    List<NativeTensor> own =
        new ArrayList<>(
            candidate.adapter().tensors().tensors().subList(PARTS * n, PARTS * n + PARTS));
    own.add(candidate.firstMoments().tensors().get(adapted));
    own.add(candidate.secondMoments().tensors().get(adapted));
    return own;
  }

  private static Entries entries(List<NativeTensor> own, Linear linear) {
    float[] rows = own.get(1).floats();
    float[] columns = own.get(2).floats();
    int[] places = new int[rows.length];
    for (int n = 0; n < places.length; n++) {
      places[n] = ((int) rows[n]) * linear.inputs() + (int) columns[n];
    }
    return new Entries(
        places, own.get(0).floats(), own.get(PARTS).floats(), own.get(PARTS + 1).floats());
  }

  private static List<NativeTensor> tensors(Entries entries, Linear linear) {
    int size = entries.places().length;
    float[] rows = new float[size];
    float[] columns = new float[size];
    for (int n = 0; n < size; n++) {
      rows[n] = Math.floorDiv(entries.places()[n], linear.inputs());
      columns[n] = Math.floorMod(entries.places()[n], linear.inputs());
    }
    return List.of(
        NativeTensor.of(entries.values(), 1, size),
        NativeTensor.of(rows, 1, size),
        NativeTensor.of(columns, 1, size),
        NativeTensor.of(entries.first(), 1, size),
        NativeTensor.of(entries.second(), 1, size));
  }

  private static NativeTensor zeros(Linear linear) {
    int size = Math.multiplyExact(linear.outputs(), linear.inputs());
    return NativeTensor.of(new float[size], linear.outputs(), linear.inputs());
  }
}
