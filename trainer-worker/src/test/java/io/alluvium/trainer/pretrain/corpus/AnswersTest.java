package io.alluvium.trainer.pretrain.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.pretrain.skill.SkillRecord;
import io.alluvium.trainer.pretrain.world.World;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Answers every drawn question a second time, from its text alone. */
class AnswersTest {

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
    Matcher m =
        Pattern.compile(
                "user: .*?(?:i am|from|hi,|morning,|evening,|thanks,|bye,) (\\w+).*\nassistant:")
            .matcher(prompt);
    assertThat(m.matches()).as(prompt).isTrue();
    String name = m.group(1);
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
