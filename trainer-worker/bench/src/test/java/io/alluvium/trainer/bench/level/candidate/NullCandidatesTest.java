package io.alluvium.trainer.bench.level.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A few; `alluvium bench gate --candidates` judges hundreds. */
class NullCandidatesTest {
  private static final Path BASE = Path.of("../models/alluvium-tiny").toAbsolutePath().normalize();
  private static final long SEED = 3;

  @Test
  void candidatesThatLearnedNothingTrueAreNotReleased() throws IOException {
    NullOrder order = new NullOrder(BASE.toString(), 6, 512, 32, 25, SEED);
    List<List<NullResult>> sofar = new ArrayList<>();
    try (NullCandidates candidates = new NullCandidates(order)) {
      List<NullResult> results = candidates.run(records(order.records()), sofar::add);
      assertThat(sofar).hasSize(6).last().isEqualTo(results);
      assertThat(results).extracting(NullResult::candidates).containsExactly(6, 1);
      assertThat(results)
          .as("seed %d", SEED)
          .allSatisfy(result -> assertThat(result.released()).isZero());
    }
  }

  /** {@code up abc:} is {@code bcd}. */
  private static List<NullOrder.Example> records(int count) {
    Random random = new Random(SEED);
    List<NullOrder.Example> records = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      StringBuilder letters = new StringBuilder();
      StringBuilder answer = new StringBuilder();
      for (int place = 0; place < 3; place++) {
        int letter = random.nextInt(26);
        letters.append((char) ('a' + letter));
        answer.append((char) ('a' + (letter + 1) % 26));
      }
      records.add(new NullOrder.Example("up " + letters + ":", " " + answer));
    }
    return records;
  }
}
