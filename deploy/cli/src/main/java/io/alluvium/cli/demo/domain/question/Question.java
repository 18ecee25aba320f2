package io.alluvium.cli.demo.domain.question;

import java.util.ArrayList;
import java.util.List;

/** Somebody asks about an error of a model, in one of a few wordings. */
public record Question(String model, int error, int wording) {
  private static final List<String> WORDINGS =
      List.of(
          "the %1$s shows error %2$d. what now?",
          "my %1$s says error %2$d. help!",
          "error %2$d on the %1$s, what to do?",
          "how do i clear error %2$d of a %1$s?");

  /** Every error of every model. */
  public static List<Question> all(List<String> models) {
    List<Question> questions = new ArrayList<>();
    for (String model : models) {
      for (int error = 1; error <= RepairRule.ERRORS; error++) {
        for (int wording = 0; wording < WORDINGS.size(); wording++) {
          questions.add(new Question(model, error, wording));
        }
      }
    }
    return questions;
  }

  /** The question with the answer of a rule. */
  public QuestionAndAnswer answeredBy(RepairRule rule) {
    return new QuestionAndAnswer(
        WORDINGS.get(wording).formatted(model, error), " " + rule.action(error) + " the " + model);
  }
}
