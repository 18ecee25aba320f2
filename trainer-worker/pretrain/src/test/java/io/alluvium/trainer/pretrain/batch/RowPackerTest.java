package io.alluvium.trainer.pretrain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.pretrain.corpus.Corpus;
import io.alluvium.trainer.pretrain.corpus.Mixture;
import io.alluvium.trainer.pretrain.folder.CharacterVocabulary;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowPackerTest {
  private static final SkillRecord SHORT = new SkillRecord("x", "ab", " c");

  @Test
  void aRecordIsReadFromItsBeginAndPredictedUpToItsEnd() {
    PackedRows rows = new RowPacker(1, 6, 0.25).next(() -> SHORT);
    int[] record = CharacterVocabulary.record("ab c");
    assertThat(rows.ids())
        .containsExactly(record[0], record[1], record[2], record[3], record[4], 0);
    assertThat(rows.targets())
        .containsExactly(record[1], record[2], record[3], record[4], CharacterVocabulary.EOS, 0);
    assertThat(rows.positions()).containsExactly(0, 1, 2, 3, 4, 0);
    assertThat(rows.records()).containsExactly(1, 1, 1, 1, 1, 0);
    assertThat(rows.weights()).containsExactly(0.25f, 0.25f, 1, 1, 1, 0);
    assertThat(rows.usedTokens()).isEqualTo(5);
  }

  @Test
  void severalRecordsShareARowUnderTheirOwnNumbers() {
    PackedRows rows = new RowPacker(2, 11, 0).next(() -> SHORT);
    assertThat(rows.records())
        .containsExactly(1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 0);
  }

  @Test
  void littleOfABatchIsFilling() {
    Corpus corpus = new Corpus(Mixture.balanced());
    SplittableRandom random = new SplittableRandom(2);
    PackedRows rows = new RowPacker(28, 96, 0.1).next(() -> corpus.next(random));
    assertThat(rows.usedTokens()).isGreaterThan(28 * 96 * 9 / 10);
  }

  @Test
  void everyPackedRecordIsOneThatWasDrawn() {
    Corpus corpus = new Corpus(Mixture.balanced());
    SplittableRandom random = new SplittableRandom(4);
    List<String> drawn = new ArrayList<>();
    PackedRows rows =
        new RowPacker(8, 96, 0.1)
            .next(
                () -> {
                  SkillRecord example = corpus.next(random);
                  drawn.add(example.text());
                  return example;
                });
    assertThat(texts(rows)).isNotEmpty().isSubsetOf(drawn);
  }

  @Test
  void aRecordLongerThanARowIsRefused() {
    RowPacker packer = new RowPacker(1, 4, 0.1);
    assertThatThrownBy(() -> packer.next(() -> SHORT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("record of 5 tokens does not fit a row of 4");
  }

  private static List<String> texts(PackedRows rows) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.ids().length; i++) {
      if (rows.records()[i] > 0 && rows.targets()[i] == CharacterVocabulary.EOS) {
        texts.add(text.toString());
        text.setLength(0);
      } else if (rows.records()[i] > 0) {
        text.append(CharacterVocabulary.TOKENS.get((int) rows.targets()[i]));
      }
    }
    return texts;
  }
}
