package io.alluvium.cli.bench.domains;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.TestRecords;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Outcome;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private final Settling settling = new Settling();

  @Test
  void whatWasSentIsTrainedHeldOutOrRefusedAndReplaysAreNotCounted() {
    settling.refused(TestRecords.rejection("score", "TOO_LONG"));
    settling.ended(version(1, Outcome.RELEASED, new Counts(50L, 5L, 10L, 2L, 1L)));
    assertThat(settling.settled()).isEqualTo(1 + 50 - 10 + 2);
  }

  @Test
  void aRecordThatTheTrainerRefusedIsCountedInItsRoundAlone() {
    settling.refused(TestRecords.rejection("train", "TOO_LONG"));
    settling.ended(version(1, Outcome.REJECTED, new Counts(0L, 0L, 0L, 1L, 0L)));
    assertThat(settling.settled()).isEqualTo(1);
  }

  @Test
  void theLastReleasedVersionIsTheOneToMeasure() {
    assertThat(settling.released()).isEmpty();
    settling.ended(version(1, Outcome.RELEASED, new Counts(1L, 0L, 0L, 0L, 1L)));
    settling.ended(version(2, Outcome.RELEASED, new Counts(1L, 0L, 0L, 0L, 1L)));
    settling.ended(version(3, Outcome.CONTINUED, new Counts(1L, 0L, 0L, 0L, 1L)));
    assertThat(settling.released()).map(AdapterVersion::getVersion).contains(2L);
  }

  @Test
  void theTallyOfALaterDomainLeavesOutTheEarlierOne() {
    settling.ended(version(1, Outcome.RELEASED, new Counts(20L, 2L, 4L, 1L, 1L)));
    Settling.Tally before = settling.tally();
    settling.ended(version(2, Outcome.CONTINUED, new Counts(30L, 3L, 5L, 0L, 1L)));
    settling.ended(version(3, Outcome.REJECTED, new Counts(10L, 1L, 0L, 2L, 1L)));
    assertThat(settling.tally().since(before)).isEqualTo(new Settling.Tally(2, 0, 1, 1, 36, 5, 2));
  }

  private static AdapterVersion version(long number, Outcome outcome, Counts counts) {
    return AdapterVersion.newBuilder(TestRecords.version(number, 0, 1, outcome))
        .setCounts(counts)
        .build();
  }
}
