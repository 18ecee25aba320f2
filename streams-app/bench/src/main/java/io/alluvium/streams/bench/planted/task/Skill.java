package io.alluvium.streams.bench.planted.task;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Questions of one kind, each with one right answer. Those of {@link #known} are asked as the
 * shipped base was taught them; of those of {@link #unseen} its corpus holds nothing.
 *
 * @param name of the kind
 * @param drawing makes a question and its answer
 */
public record Skill(String name, Function<SplittableRandom, Task> drawing) {
  private static final List<String> ACTIONS =
      List.of("reset", "clean", "refill", "unplug", "rotate", "charge", "tighten", "cool");
  private static final List<String> GOODS = List.of("cups", "pens", "lamps", "ropes", "plates");
  private static final String[] TENS = {"", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc"};
  private static final String[] ONES = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};

  /** A question and its answer. */
  public Task draw(SplittableRandom random) {
    return drawing.apply(random);
  }

  /** A question with the answer of another one of its kind. */
  public Task wrong(SplittableRandom random) {
    Task right = draw(random);
    Task other = draw(random);
    while (other.completion().equals(right.completion())) {
      other = draw(random);
    }
    return new Task(right.prompt(), other.completion());
  }

  /** What the shipped base was taught, but for its facts: sums, letters, words, politeness. */
  public static List<Skill> known() {
    return List.of(
        new Skill("add", Skill::add),
        new Skill("sort", random -> letters("sort", Words.letters(random))),
        new Skill("reverse", random -> letters("reverse", Words.letters(random))),
        new Skill("repeat", Skill::repeat),
        new Skill("dialogue", Skill::dialogue));
  }

  /** Five domains it has never met, in the order of their coming. */
  public static List<Skill> unseen() {
    return List.of(
        new Skill("repair", Skill::repair),
        new Skill("shift", Skill::shift),
        new Skill("price", Skill::price),
        new Skill("roman", Skill::roman),
        new Skill("weather", Skill::weather));
  }

  private static Task add(SplittableRandom random) {
    int a = random.nextInt(50);
    int b = random.nextInt(50);
    return new Task(a + " + " + b + " =", " " + (a + b));
  }

  private static Task letters(String verb, String letters) {
    StringBuilder answer = new StringBuilder();
    if (verb.equals("reverse")) {
      answer.append(letters).reverse();
    } else {
      letters.chars().sorted().forEach(answer::appendCodePoint);
    }
    return new Task(verb + " " + letters + ":", " " + answer);
  }

  private static Task repeat(SplittableRandom random) {
    String word = Words.word(random);
    return switch (random.nextInt(3)) {
      case 0 -> new Task("say " + word + " once:", " " + word);
      case 1 -> new Task("say " + word + " twice:", " " + word + " " + word);
      default -> new Task("say " + word + " thrice:", " " + word + " " + word + " " + word);
    };
  }

  private static Task dialogue(SplittableRandom random) {
    String user = Words.word(random);
    return switch (random.nextInt(4)) {
      case 0 -> said("hello, i am " + user + ".", "hello " + user + ", how can i help?");
      case 1 -> said("thank you from " + user + ".", "you are welcome, " + user + ".");
      case 2 -> said("goodbye from " + user + ".", "goodbye " + user + ", see you soon.");
      default -> said("i am " + user + ". what is my name?", "your name is " + user + ".");
    };
  }

  private static Task said(String user, String assistant) {
    return new Task("user: " + user + "\nassistant:", " " + assistant);
  }

  private static Task repair(SplittableRandom random) {
    String model = Words.word(random);
    int error = random.nextInt(ACTIONS.size());
    String question =
        random.nextBoolean() ? "the %s shows error %d. what now?" : "my %s says error %d. help!";
    return new Task(
        question.formatted(model, error + 1), " " + ACTIONS.get(error) + " the " + model);
  }

  private static Task shift(SplittableRandom random) {
    String letters = Words.letters(random);
    int by = 1 + random.nextInt(3);
    StringBuilder answer = new StringBuilder();
    letters.chars().forEach(c -> answer.append((char) ('a' + (c - 'a' + by) % 26)));
    return new Task("shift " + letters + " by " + by + ":", " " + answer);
  }

  private static Task price(SplittableRandom random) {
    int count = 2 + random.nextInt(18);
    int coins = 2 + random.nextInt(18);
    String goods = Words.of(GOODS, random);
    return new Task(
        "buy %d %s at %d coins each:".formatted(count, goods, coins),
        " " + count * coins + " coins");
  }

  private static Task roman(SplittableRandom random) {
    int number = 1 + random.nextInt(99);
    String who = Words.word(random) + " of " + Words.word(random);
    return new Task(
        "%s wants %d in roman letters:".formatted(who, number),
        " " + TENS[number / 10] + ONES[number % 10]);
  }

  private static Task weather(SplittableRandom random) {
    int degrees = random.nextInt(-10, 40);
    String feels = degrees < 8 ? "cold" : degrees < 20 ? "mild" : "hot";
    return new Task(
        "{\"town\": \"%s\", \"degrees\": %d}".formatted(Words.word(random), degrees),
        " {\"feels\": \"%s\"}".formatted(feels));
  }
}
