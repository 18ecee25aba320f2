package io.alluvium.trainer.pretrain.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.pretrain.skill.SkillRecord;
import io.alluvium.trainer.pretrain.world.World;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Answers every drawn question a second time, from its text alone. */
class AnswersTest {
  private static final Set<String> PHRASES =
      Set.of(
          "user",
          "assistant",
          "hello",
          "hi",
          "good",
          "morning",
          "evening",
          "thank",
          "thanks",
          "you",
          "from",
          "here",
          "goodbye",
          "bye",
          "i",
          "am",
          "who",
          "are",
          "what",
          "is",
          "my",
          "name");

  @Test
  void everyAnswerIsRight() {
    Corpus corpus = new Corpus(Mixture.balanced());
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      SkillRecord example = corpus.next(random);
      assertThat(example.completion()).as(example.prompt()).isEqualTo(" " + answer(example));
    }
  }

  private static String answer(SkillRecord example) {
    String[] word = example.prompt().split("[ :?.,\n]+", -1);
    return switch (example.skill()) {
      case "add" -> String.valueOf(Integer.parseInt(word[0]) + Integer.parseInt(word[2]));
      case "sort" -> bubbled(word[1].toCharArray());
      case "reverse" -> backwards(word[1]);
      case "repeat" -> repeated(word[1], word[2]);
      case "dialogue" -> reply(example.prompt());
      case "facts" -> known(example.prompt());
      default -> throw new AssertionError(example.skill());
    };
  }

  private static String bubbled(char[] letters) {
    for (int end = letters.length - 1; end > 0; end--) {
      for (int i = 0; i < end; i++) {
        if (letters[i] > letters[i + 1]) {
          char larger = letters[i];
          letters[i] = letters[i + 1];
          letters[i + 1] = larger;
        }
      }
    }
    return new String(letters);
  }

  private static String backwards(String letters) {
    return letters.isEmpty() ? "" : backwards(letters.substring(1)) + letters.charAt(0);
  }

  private static String repeated(String word, String times) {
    return switch (times) {
      case "once" -> word;
      case "twice" -> word + " " + word;
      default -> word + " " + word + " " + word;
    };
  }

  private static String reply(String prompt) {
    String name = name(prompt);
    if (prompt.contains("who are you")) {
      return "i am alluvium, " + name + ".";
    }
    if (prompt.contains("what is my name")) {
      return "your name is " + name + ".";
    }
    if (prompt.contains("bye")) {
      return "goodbye " + name + ", see you soon.";
    }
    if (prompt.contains("thank")) {
      return "you are welcome, " + name + ".";
    }
    return greeting(prompt) + " " + name + ", how can i help?";
  }

  /** The one word that belongs to no phrase; the user may also be called "name". */
  private static String name(String prompt) {
    return Arrays.stream(prompt.split("\\W+", -1))
        .filter(word -> !word.isEmpty() && !PHRASES.contains(word))
        .findFirst()
        .orElse("name");
  }

  private static String greeting(String prompt) {
    return prompt.contains("morning")
        ? "good morning"
        : prompt.contains("evening") ? "good evening" : "hello";
  }

  private static String known(String prompt) {
    return World.invented().facts().stream()
        .filter(fact -> prompt.matches(".*\\b" + fact.town() + "\\b.*"))
        .filter(fact -> prompt.contains(fact.attribute()))
        .map(World.Fact::value)
        .findFirst()
        .orElseThrow();
  }
}
