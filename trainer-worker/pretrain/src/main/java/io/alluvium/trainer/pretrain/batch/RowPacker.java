package io.alluvium.trainer.pretrain.batch;

import io.alluvium.trainer.pretrain.folder.CharacterVocabulary;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fills rows with whole records, so that hardly a position is wasted on padding. A small pool of
 * waiting records is searched, oldest first, for one that still fits.
 */
public final class RowPacker {
  private static final int POOL = 24;

  private final int rows;
  private final int rowTokens;
  private final float promptWeight;
  private final List<SkillRecord> waiting = new ArrayList<>();

  /**
   * A packer of batches of one shape.
   *
   * @param rows rows per batch
   * @param rowTokens positions per row; the longest record must fit
   * @param promptWeight loss weight of prompt tokens; answers weigh 1
   */
  public RowPacker(int rows, int rowTokens, double promptWeight) {
    this.rows = rows;
    this.rowTokens = rowTokens;
    this.promptWeight = (float) promptWeight;
  }

  /**
   * The next batch, drawn from an endless source.
   *
   * @throws IllegalArgumentException when a record is longer than a row
   */
  public PackedRows next(Supplier<SkillRecord> source) {
    PackedRows batch = PackedRows.empty(rows, rowTokens);
    for (int row = 0; row < rows; row++) {
      fill(batch, row, source);
    }
    return batch;
  }

  private void fill(PackedRows batch, int row, Supplier<SkillRecord> source) {
    int used = 0;
    int fitting = fitting(rowTokens, source);
    for (int number = 1; fitting >= 0; number++) {
      used += place(batch, row * rowTokens + used, number, waiting.remove(fitting));
      fitting = fitting(rowTokens - used, source);
    }
  }

  private int fitting(int free, Supplier<SkillRecord> source) {
    while (waiting.size() < POOL) {
      waiting.add(requireFit(source.get()));
    }
    for (int i = 0; i < waiting.size(); i++) {
      if (positions(waiting.get(i)) <= free) {
        return i;
      }
    }
    return -1;
  }

  private int place(PackedRows batch, int start, int number, SkillRecord example) {
    int[] ids = CharacterVocabulary.record(example.text());
    int answer = 1 + example.prompt().length();
    for (int i = 0; i + 1 < ids.length; i++) {
      batch.ids()[start + i] = ids[i];
      batch.positions()[start + i] = i;
      batch.records()[start + i] = number;
      batch.targets()[start + i] = ids[i + 1];
      batch.weights()[start + i] = i + 1 < answer ? promptWeight : 1;
    }
    return ids.length - 1;
  }

  private SkillRecord requireFit(SkillRecord example) {
    if (positions(example) > rowTokens) {
      throw new IllegalArgumentException(
          "record of " + positions(example) + " tokens does not fit a row of " + rowTokens);
    }
    return example;
  }

  /** Begin and characters are read; the end is only predicted. */
  private static int positions(SkillRecord example) {
    return example.text().length() + 1;
  }
}
