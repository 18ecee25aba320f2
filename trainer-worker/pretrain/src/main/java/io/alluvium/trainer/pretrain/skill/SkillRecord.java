package io.alluvium.trainer.pretrain.skill;

/**
 * One line of the pretraining corpus: a question and its only right answer.
 *
 * @param skill name of the skill it exercises
 * @param prompt what stands before the answer, without a trailing space
 * @param completion the answer, beginning with the space that separates it from the prompt
 */
public record SkillRecord(String skill, String prompt, String completion) {

  /** The whole line as the model reads it. */
  public String text() {
    return prompt + completion;
  }
}
