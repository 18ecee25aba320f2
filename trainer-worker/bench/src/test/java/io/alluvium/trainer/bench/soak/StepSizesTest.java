package io.alluvium.trainer.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.soak.StepSizes.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepSizesTest {
  /** Where a step takes 2 s and a second for each record, four in one save three times the 2 s. */
  @Test
  void fourInOneSaveWhatAStepTakesWhateverItsRecords() {
    List<Double> seconds = StepSizes.RECORDS.stream().map(records -> 2.0 + records).toList();

    List<Result> results = StepSizes.results(seconds);

    assertThat(results).extracting(Result::records).isEqualTo(StepSizes.RECORDS);
    for (Result result : results) {
      int records = result.records();
      boolean measured = StepSizes.RECORDS.contains(4 * records);
      double gain = measured ? 4 * (2.0 + records) / (2.0 + 4 * records) : 0;
      assertThat(result.seconds()).isEqualTo(2.0 + records);
      assertThat(result.fourInOne()).isCloseTo(gain, within(1e-12));
    }
  }
}
