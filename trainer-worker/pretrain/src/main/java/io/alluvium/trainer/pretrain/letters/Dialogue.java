package io.alluvium.trainer.pretrain.letters;

import io.alluvium.trainer.pretrain.skill.HeldOut;
import io.alluvium.trainer.pretrain.skill.Skill;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.List;
import java.util.random.RandomGenerator;

/** Polite one-turn exchanges: what the user says decides the reply, which names the user. */
public final class Dialogue implements Skill {
  private static final List<Turn> TURNS =
      List.of(
          new Turn("hello, i am %s.", "hello %s, how can i help?"),
          new Turn("hi, %s here.", "hello %s, how can i help?"),
          new Turn("good morning, i am %s.", "good morning %s, how can i help?"),
          new Turn("good evening, %s here.", "good evening %s, how can i help?"),
          new Turn("thank you from %s.", "you are welcome, %s."),
          new Turn("thanks, %s here.", "you are welcome, %s."),
          new Turn("goodbye from %s.", "goodbye %s, see you soon."),
          new Turn("bye, %s here.", "goodbye %s, see you soon."),
          new Turn("i am %s. who are you?", "i am alluvium, %s."),
          new Turn("i am %s. what is my name?", "your name is %s."));

  @Override
  public String name() {
    return "dialogue";
  }

  @Override
  public Draw draw(RandomGenerator random) {
    Turn turn = TURNS.get(random.nextInt(TURNS.size()));
    String user = Words.word(random);
    String prompt = "user: " + turn.said().formatted(user) + "\nassistant:";
    return new Draw(
        new SkillRecord(name(), prompt, " " + turn.reply().formatted(user)),
        HeldOut.byHash(prompt));
  }

  private record Turn(String said, String reply) {}
}
