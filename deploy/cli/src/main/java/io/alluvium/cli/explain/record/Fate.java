package io.alluvium.cli.explain.record;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.schemas.AdapterVersion;

/** What became of a record of a training topic. */
public sealed interface Fate {

  /** A version's window took it. */
  sealed interface Taken extends Fate permits Trained, HeldOut, EitherWay, SetAside {
    /** The end of that round. */
    AdapterVersion event();
  }

  /** It was trained on. */
  record Trained(AdapterVersion event) implements Taken {}

  /** It was kept from training and judged the candidate. */
  record HeldOut(AdapterVersion event) implements Taken {}

  /** It was trained on or held out: the event lists only the newest that were held out. */
  record EitherWay(AdapterVersion event) implements Taken {}

  /** The trainer refused it while it had it in its window. */
  record SetAside(AdapterVersion event, Facts.Refused refusal) implements Taken {}

  /** The trainer refused it before any window. */
  record RefusedByTrainer(Facts.Refused refusal) implements Fate {}

  /**
   * It waits for a window.
   *
   * @param settledBelow offset after the adapter's last window in its partition; 0 without one
   */
  record Waiting(long settledBelow) implements Fate {}

  /**
   * A later window was cut without it.
   *
   * @param settledBelow offset after the adapter's last window in its partition
   */
  record PassedOver(long settledBelow) implements Fate {}
}
