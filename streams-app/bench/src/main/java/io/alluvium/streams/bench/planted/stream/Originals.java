package io.alluvium.streams.bench.planted.stream;

import io.alluvium.streams.bench.planted.task.Skill;
import io.alluvium.streams.bench.planted.task.Task;
import io.alluvium.streams.bench.planted.task.Words;
import io.alluvium.streams.bench.planted.text.Notes;
import io.alluvium.streams.bench.planted.text.Overlap;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What one adapter was sent for the first time: no two questions alike, and no two notes within
 * {@link #REACH} more similar than {@link #MOST}.
 */
final class Originals {
  /** Most similar that two different notes are: Jaccard of three-word runs. */
  static final double MOST = 0.4;

  /** Repetitions reach back so many originals. */
  private static final int REACH = 120;

  private final Set<String> prompts = new HashSet<>();
  private final Deque<Note> notes = new ArrayDeque<>();
  private final Deque<Task> latest = new ArrayDeque<>();

  /** A note and its runs. */
  private record Note(Task task, Set<String> runs) {}

  /** A note that is unlike the latest ones. */
  Task note(SplittableRandom random) {
    Note note = drawn(random);
    while (resembles(note)) {
      note = drawn(random);
    }
    append(notes, note);
    append(latest, note.task);
    return note.task;
  }

  private static <T> void append(Deque<T> to, T one) {
    to.addLast(one);
    if (to.size() > REACH) {
      to.removeFirst();
    }
  }

  private static Note drawn(SplittableRandom random) {
    Task task = Notes.note(random);
    return new Note(task, Overlap.runs(task.text()));
  }

  private boolean resembles(Note note) {
    return notes.stream().anyMatch(other -> Overlap.of(note.runs, other.runs) > MOST);
  }

  /** Whether there is anything to repeat. */
  boolean isEmpty() {
    return latest.isEmpty();
  }

  /** One of the latest originals without anything planted in it. */
  Task earlier(SplittableRandom random) {
    return Words.of(List.copyOf(latest), random);
  }

  /** A question as {@link #asked}, to be repeated later. */
  Task right(Skill skill, SplittableRandom random) {
    Task task = asked(skill, random);
    append(latest, task);
    return task;
  }

  /** A question that was not asked before, and its answer. */
  Task asked(Skill skill, SplittableRandom random) {
    Task task = skill.draw(random);
    while (!prompts.add(task.prompt())) {
      task = skill.draw(random);
    }
    return task;
  }

  /** A question that was not asked before, with the answer of another. */
  Task wrong(Skill skill, SplittableRandom random) {
    Task task = skill.wrong(random);
    while (!prompts.add(task.prompt())) {
      task = skill.wrong(random);
    }
    return task;
  }
}
