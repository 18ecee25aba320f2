package io.alluvium.trainer.gate;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the gate decided, with all that it measured. */
public sealed interface Verdict {

  /** Every measured axis. */
  List<Measure> axes();

  /** One line per refusal or remark, for a person. */
  List<String> reasons();

  /** The same with further lines for a person. */
  default Verdict remarked(List<String> remarks) {
    List<String> all = Stream.concat(reasons().stream(), remarks.stream()).toList();
    if (this instanceof Refuse) {
      return new Refuse(axes(), all);
    }
    return this instanceof Pass ? new Pass(axes(), all) : new Continue(axes(), all);
  }

  /** The same with an axis that only informs. */
  default Verdict informed(Measure axis) {
    List<Measure> all = Stream.concat(axes().stream(), Stream.of(axis)).toList();
    if (this instanceof Refuse) {
      return new Refuse(all, reasons());
    }
    return this instanceof Pass ? new Pass(all, reasons()) : new Continue(all, reasons());
  }

  /** The candidate may be released. */
  record Pass(List<Measure> axes, List<String> reasons) implements Verdict {}

  /**
   * The candidate is not worse than its budgets allow and not surely better: it is not released,
   * and training goes on from it.
   */
  record Continue(List<Measure> axes, List<String> reasons) implements Verdict {}

  /** The candidate must not be released nor trained on; at least one reason says why. */
  record Refuse(List<Measure> axes, List<String> reasons) implements Verdict {}

  /**
   * One measured axis.
   *
   * @param name what was measured, for example heldout/loss or retention/facts/exactMatch
   * @param before value for the champion, null where there is none
   * @param after value for the candidate
   * @param bound what after was held against; null for an axis that only informs
   * @param passed whether the axis allows a release
   */
  record Measure(
      String name, @Nullable Double before, double after, @Nullable Double bound, boolean passed) {}
}
