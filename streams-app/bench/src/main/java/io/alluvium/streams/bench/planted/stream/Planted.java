package io.alluvium.streams.bench.planted.stream;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.bench.planted.task.Task;
import java.time.Instant;

/**
 * An example of a generated stream, and what is known of it.
 *
 * @param example as a producer sends it
 * @param time its record timestamp
 * @param plant what was planted in it
 * @param form in which way
 * @param topic what it is about: note, or the name of a skill
 */
public record Planted(
    TrainingExample example, Instant time, Plant plant, String form, String topic) {
  /** Topic of notes in prose. */
  public static final String NOTE = "note";

  /** What can be planted. */
  public enum Plant {
    /** Nothing; form says which look-alike it holds, if any. */
    CLEAN,
    /** It repeats an earlier one with a few edits; form names their kinds. */
    NEAR_DUPLICATE,
    /** It holds a secret or personal data; form is kind/form. */
    SECRET,
    /** It holds an item of the suite; form says how it was altered. */
    LEAK,
    /** Its answer belongs to another question of the same skill. */
    WRONG_ANSWER,
    /** It is of a domain that was not seen before its time. */
    NEW_DOMAIN
  }

  /** Its text. */
  public Task task() {
    return new Task(String.valueOf(example.getPrompt()), String.valueOf(example.getCompletion()));
  }
}
