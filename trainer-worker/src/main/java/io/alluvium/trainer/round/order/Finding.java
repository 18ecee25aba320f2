package io.alluvium.trainer.round.order;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import java.util.List;
import java.util.stream.Stream;

/** What was found out about an order to go back. */
public sealed interface Finding {

  /**
   * It can be obeyed.
   *
   * @param target the released version to go back to, as its event tells it
   * @param trained what rounds after it consumed, one range a partition; empty where it is kept
   * @param origins where those examples stood in examples.accepted, one range a partition
   */
  record Possible(AdapterVersion target, List<OffsetRange> trained, List<OffsetRange> origins)
      implements Finding {
    /** Everything that goes out of use. */
    public List<OffsetRange> quarantined() {
      return Stream.concat(trained.stream(), origins.stream()).toList();
    }
  }

  /**
   * It cannot.
   *
   * @param why one line for a person
   */
  record Refused(String why) implements Finding {}
}
