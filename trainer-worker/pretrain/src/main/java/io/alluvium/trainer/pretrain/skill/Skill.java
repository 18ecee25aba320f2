package io.alluvium.trainer.pretrain.skill;

import java.util.random.RandomGenerator;

/**
 * Something the tiny base can be asked to do and whose answer a program can check. A skill draws
 * records at random; which of its items are held out is a pure function of the item, so the
 * training draw of every seed avoids the same items.
 */
public interface Skill {

  /** Name shown in tables and written as the label {@code skill}: lower case letters. */
  String name();

  /** Draws any record, held out or not. */
  Draw draw(RandomGenerator random);

  /**
   * A drawn record.
   *
   * @param example the record
   * @param heldOut whether its item is reserved for measuring and must never be trained
   */
  record Draw(SkillRecord example, boolean heldOut) {}
}
