package io.alluvium.trainer.train.round;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.worker.config.ConfigFile;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardsTest {
  private static final TokenSequence ITEM = new TokenSequence(new int[] {1, 2}, 1);
  private static final List<RetentionSuite> SUITES =
      List.of(
          new RetentionSuite("add", Collections.nCopies(72, ITEM)),
          new RetentionSuite("sort", Collections.nCopies(8, ITEM)));
  private static final Anchors ANCHORS = Anchors.of(Collections.nCopies(32, new int[] {1, 2}));

  @Test
  void namesWhatIsUsedAndFromWhere() {
    TrainerConfig config = config("retention: [/b/add.jsonl, /b/sort.jsonl]", "file: /b/a.jsonl");
    assertThat(new Guards(config, SUITES, ANCHORS).line())
        .isEqualTo(
            "old skills are measured by add (72 questions), sort (8 questions) of /b;"
                + " 32 anchors of /b/a.jsonl hold adapters to the base");
  }

  @Test
  void warnsOfABudgetThatIsLessThanOneItem() {
    assertThat(new Guards(config("", ""), SUITES, ANCHORS).warning())
        .hasValue(
            "gate.maxExactMatchDrop 0.05 is less than one item of sort (8 questions): not one answer that the base gets right may be lost there; give these suites more questions, or raise it");
    assertThat(new Guards(config("maxExactMatchDrop: 0.125", ""), SUITES, ANCHORS).warning())
        .isEmpty();
    assertThat(new Guards(config("maxExactMatchDrop: 0", ""), SUITES, ANCHORS).warning()).isEmpty();
  }

  @Test
  void saysThatTheBaseGeneratedThem() {
    assertThat(new Guards(config("", "generate: 32"), SUITES, ANCHORS).line())
        .endsWith("; 32 anchors that the base generated hold adapters to the base");
  }

  @Test
  void saysThatNothingGuards() {
    String nothing =
        "old skills are measured by no suite: nobody will see what is forgotten (gate.retention); "
            + "no anchors hold adapters: nothing guards what the base could do (finetune.anchors)";
    assertThat(new Guards(config("", "perBatch: 0"), List.of(), Anchors.none()).line())
        .isEqualTo(nothing);
    assertThat(new Guards(config("", "coefficient: 0"), List.of(), ANCHORS).line())
        .isEqualTo(nothing);
  }

  private static TrainerConfig config(String gate, String anchors) {
    return ConfigFile.parse(
        "guards",
        """
        kafka: { bootstrap.servers: "127.0.0.1:9092" }
        registry: { schema.registry.url: "http://127.0.0.1:8081" }
        base: { folder: /models/tiny }
        store: { uri: "file:///artifacts" }
        workDir: /work
        gate: { %s }
        finetune: { anchors: { %s } }
        """
            .formatted(gate, anchors));
  }
}
