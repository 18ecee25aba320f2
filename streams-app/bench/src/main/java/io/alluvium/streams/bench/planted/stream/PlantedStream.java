package io.alluvium.streams.bench.planted.stream;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.bench.planted.stream.Planted.Plant;
import io.alluvium.streams.bench.planted.task.Skill;
import io.alluvium.streams.bench.planted.task.Task;
import io.alluvium.streams.bench.planted.task.Words;
import io.alluvium.streams.bench.planted.text.Edits;
import io.alluvium.streams.bench.planted.text.Notes;
import io.alluvium.streams.bench.planted.text.Secrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A generated stream in which it is known what is what: 30 % near-duplicates, 2 % secrets, 2 %
 * leaked suite items, 5 % wrong answers, and five unseen domains at 1 % each. Unseen domain d
 * begins at {@link #beginning}(d) and makes up a fifth of the records there until its share is used
 * up.
 *
 * <p>Two adapters are sent questions of skills that the shipped base knows, two are sent notes in
 * prose, one note in ten with something that looks like a secret or with an examination's turns of
 * phrase. Wrong answers are to questions, secrets and leaks are in notes, repetitions and unseen
 * domains are everywhere. The same seed and size give the same stream.
 */
public final class PlantedStream {
  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");

  /** The first half of them is sent questions, the second notes. */
  private static final int ADAPTERS = 4;

  private static final double QUESTIONS_REPEATED = 0.25;
  private static final double QUESTIONS = 0.7;

  private final SplittableRandom random;
  private final int size;
  private final List<Skill> known = Skill.known();
  private final List<Skill> unseen = Skill.unseen();
  private final Suite suite;
  private final List<Originals> originals =
      IntStream.range(0, ADAPTERS).mapToObj(i -> new Originals()).toList();
  private final int[] left;

  private PlantedStream(long seed, int size) {
    this.random = new SplittableRandom(seed);
    this.size = size;
    this.suite = Suite.drawn(random);
    this.left = new int[unseen.size()];
    Arrays.fill(left, size / 100);
  }

  /**
   * A stream.
   *
   * @param records in the order of sending
   * @param suite the items that some of them leak, guarded from the beginning
   */
  public record Stream(List<Planted> records, List<SuiteItem> suite) {
    /** Copies. */
    public Stream {
      records = List.copyOf(records);
      suite = List.copyOf(suite);
    }
  }

  /** Generates. */
  public static Stream of(long seed, int size) {
    PlantedStream stream = new PlantedStream(seed, size);
    List<Planted> records = new ArrayList<>(size);
    IntStream.range(0, size).forEach(i -> records.add(stream.next(i)));
    return new Stream(records, stream.suite.records());
  }

  /** Index of the first record that may be of an unseen domain. */
  public static int beginning(int domain, int size) {
    int domains = Skill.unseen().size();
    return size * (domain + 2) / (domains + 3);
  }

  private Planted next(int i) {
    int domain = newDomain(i);
    if (domain >= 0) {
      left[domain]--;
      int adapter = random.nextInt(ADAPTERS);
      Skill skill = unseen.get(domain);
      Task task = originals.get(adapter).asked(skill, random);
      return planted(i, adapter, new Told(Plant.NEW_DOMAIN, "", skill.name(), task));
    }
    double draw = random.nextDouble() * 0.95;
    boolean ofNotes = isOfNotes(draw);
    int adapter = random.nextInt(ADAPTERS / 2) + (ofNotes ? ADAPTERS / 2 : 0);
    return planted(i, adapter, told(draw, ofNotes, originals.get(adapter)));
  }

  private boolean isOfNotes(double draw) {
    return draw < 0.30
        ? random.nextDouble() >= QUESTIONS_REPEATED
        : draw < 0.34 || (draw >= 0.39 && random.nextDouble() >= QUESTIONS);
  }

  /** What is told by one record. */
  private record Told(Plant plant, String form, String topic, Task task) {}

  private int newDomain(int i) {
    for (int domain = 0; domain < left.length; domain++) {
      if (i >= beginning(domain, size) && left[domain] > 0 && random.nextInt(5) == 0) {
        return domain;
      }
    }
    return -1;
  }

  private Told told(double draw, boolean ofNotes, Originals before) {
    if (draw < 0.30 && !before.isEmpty()) {
      Edits.Edited edited = Edits.of(before.earlier(random), random);
      return new Told(
          Plant.NEAR_DUPLICATE, edited.kinds(), ofNotes ? Planted.NOTE : "question", edited.task());
    } else if (draw >= 0.30 && draw < 0.32) {
      Secrets.Sentence secret = Secrets.secret(random);
      return note(Plant.SECRET, secret.form(), with(secret.text(), Notes.note(random)));
    } else if (draw >= 0.32 && draw < 0.34) {
      Suite.Leak leak = suite.leak(random);
      return note(Plant.LEAK, leak.form(), with(leak.text(), Notes.note(random)));
    }
    return ofNotes ? cleanNote(before) : question(draw, before);
  }

  private Told question(double draw, Originals before) {
    Skill skill = Words.of(known, random);
    return draw >= 0.34 && draw < 0.39
        ? new Told(Plant.WRONG_ANSWER, "", skill.name(), before.wrong(skill, random))
        : new Told(Plant.CLEAN, "", skill.name(), before.right(skill, random));
  }

  private Told cleanNote(Originals before) {
    int draw = random.nextInt(20);
    if (draw == 0) {
      return note(Plant.CLEAN, "idiom", with(Notes.exam(random), Notes.note(random)));
    } else if (draw == 1) {
      Secrets.Sentence other = Secrets.lookalike(random);
      return note(Plant.CLEAN, other.form(), with(other.text(), Notes.note(random)));
    }
    return note(Plant.CLEAN, "", before.note(random));
  }

  private static Told note(Plant plant, String form, Task task) {
    return new Told(plant, form, Planted.NOTE, task);
  }

  /** The text at the end of the prompt, or at either end of the answer. */
  private Task with(String text, Task note) {
    return switch (random.nextInt(3)) {
      case 0 -> new Task(note.prompt() + "\n" + text, note.completion());
      case 1 -> new Task(note.prompt(), " " + text + "\n" + note.completion().strip());
      default -> new Task(note.prompt(), note.completion() + "\n" + text);
    };
  }

  private static Planted planted(int i, int adapter, Told told) {
    Instant time = START.plusMillis(100L * i);
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId("planted-" + i)
            .setAdapter("adapter-" + adapter)
            .setPrompt(told.task.prompt())
            .setCompletion(told.task.completion())
            .setEventTime(time)
            .build();
    return new Planted(example, time, told.plant, told.form, told.topic);
  }
}
