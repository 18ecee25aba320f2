package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.kafka.common.utils.Utils;

/** After any stream no two kept examples answer one question, and what is kept is the newest. */
class ContradictionPropertyTest {
  private static final int RECORDS = 150;
  private static final int QUESTIONS = 12;

  @Property(tries = 12)
  void whatIsKeptAndReplayedIsTheNewestAnswerToItsQuestion(@ForAll long seed) throws IOException {
    Path folder = Files.createTempDirectory("alluvium-contradiction");
    Random random = new Random(seed);
    Rig rig = new Rig(folder, replay(random));
    try {
      Map<String, String> newest = new HashMap<>();
      int restartAt = random.nextInt(RECORDS);
      for (int number = 0; number < RECORDS; number++) {
        ScoredExample next = drawn(number, random);
        newest.put(question(next), id(next));
        rig.produce(next);
        assertNewest(rig.training(), newest);
        assertNewest(rig, newest);
        rig = number == restartAt ? rig.restarted() : rig;
      }
    } finally {
      rig.close();
      Utils.delete(folder.toFile());
    }
  }

  private static void assertNewest(List<WeightedExample> training, Map<String, String> newest) {
    assertThat(training)
        .filteredOn(each -> each.getReplayOf() != null)
        .allMatch(each -> isNewest(each.getScored(), newest));
  }

  private static void assertNewest(Rig rig, Map<String, String> newest) {
    assertThat(rig.kept()).allMatch(kept -> isNewest(kept, newest));
    assertThat(rig.kept().stream().filter(kept -> !question(kept).isEmpty()))
        .extracting(ContradictionPropertyTest::question)
        .doesNotHaveDuplicates();
  }

  private static boolean isNewest(ScoredExample scored, Map<String, String> newest) {
    return question(scored).isEmpty() || id(scored).equals(newest.get(question(scored)));
  }

  private static String replay(Random random) {
    return "replay: {share: 0.%d, anchorShare: 0.1, examples: %d, bytes: %d, repeats: %d}"
        .formatted(
            1 + random.nextInt(6),
            1 + random.nextInt(16),
            400 + random.nextInt(4000),
            1 + random.nextInt(9));
  }

  /** A question of a few, or none; one in eight is a general example. */
  private static ScoredExample drawn(int number, Random random) {
    int asked = random.nextInt(QUESTIONS);
    TrainingExample example =
        Rig.example("e" + number, "answer " + number)
            .setPrompt(asked == 0 ? "" : "question " + asked)
            .setImportance(0.5 + random.nextInt(4))
            .build();
    return Rig.scored(
        random.nextInt(8) == 0 ? Candidate.anchor(example) : example, 1 + random.nextDouble());
  }

  private static String question(ScoredExample scored) {
    return scored.getExample().getPrompt();
  }

  private static String id(ScoredExample scored) {
    return scored.getExample().getId();
  }
}
