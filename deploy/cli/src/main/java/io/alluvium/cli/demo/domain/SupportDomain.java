package io.alluvium.cli.demo.domain;

import io.alluvium.cli.demo.domain.question.ModelNames;
import io.alluvium.cli.demo.domain.question.Question;
import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import io.alluvium.cli.demo.domain.question.RepairRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The domain of one demo, wholly decided by seed and size: which models there are, which action
 * each error asks for, what is sent in which order, and what is kept for measuring.
 */
public final class SupportDomain {
  /** The rule changes when this share of the questions has been sent. */
  private static final double CHANGE_AT = 0.4;

  private static final int STEADY_MODELS = 96;

  private final List<QuestionAndAnswer> heldOut;
  private final List<Deposit> stream;
  private final String change;

  /** Draws everything. */
  public SupportDomain(long seed, DomainSize size) {
    RandomGenerator random = new SplittableRandom(seed);
    RepairRule before = RepairRule.drawn(random);
    int changed = 1 + random.nextInt(RepairRule.ERRORS);
    RepairRule after = before.changedFor(changed);
    List<Question> questions = Question.all(ModelNames.drawn(size.models(), random));
    Collections.shuffle(questions, new Random(random.nextLong()));
    heldOut = questions.subList(0, size.heldOut()).stream().map(q -> q.answeredBy(after)).toList();
    List<Question> sent = questions.subList(size.heldOut(), size.heldOut() + size.questions());
    stream = FaultPlanter.plant(answered(sent, before, after), size, random);
    change =
        "error %d: %s, later %s".formatted(changed, before.action(changed), after.action(changed));
  }

  private static List<Deposit.Example> answered(
      List<Question> questions, RepairRule before, RepairRule after) {
    int changeAt = (int) (questions.size() * CHANGE_AT);
    List<Deposit.Example> examples = new ArrayList<>();
    for (int number = 0; number < questions.size(); number++) {
      RepairRule rule = number < changeAt ? before : after;
      examples.add(
          new Deposit.Example(
              "question-%05d".formatted(number), questions.get(number).answeredBy(rule)));
    }
    return examples;
  }

  /**
   * All questions about some machines in random order, answered by a rule that does not change and
   * without any fault: what a first session learns from.
   */
  public static List<QuestionAndAnswer> steady(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    RepairRule rule = RepairRule.drawn(random);
    List<Question> questions = Question.all(ModelNames.drawn(STEADY_MODELS, random));
    Collections.shuffle(questions, new Random(random.nextLong()));
    return questions.stream().map(question -> question.answeredBy(rule)).toList();
  }

  /** Questions that are never sent, answered by the rule as it is in the end. */
  public List<QuestionAndAnswer> heldOut() {
    return heldOut;
  }

  /** Everything that is sent, in order. */
  public List<Deposit> stream() {
    return stream;
  }

  /** How the rule changes, in words. */
  public String change() {
    return change;
  }
}
