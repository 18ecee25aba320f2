package io.alluvium.trainer.gate.measure;

import io.alluvium.trainer.model.chat.Turn;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.ExampleText.Conversation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the items of an old skill's suite say, so that they can be found in other texts.
 *
 * @param skill the axis it stands for
 * @param texts question and answer of each item
 */
public record SuiteTexts(String skill, List<String> texts) {
  /** Copies. */
  public SuiteTexts {
    texts = List.copyOf(texts);
  }

  /**
   * Reads suites; what several files say of one skill is one suite.
   *
   * @param files as {@link RetentionSuite#load} takes them
   * @return one for each skill, in order of appearance
   * @throws BadSuiteException when a file or a line cannot be used; names it
   */
  public static List<SuiteTexts> load(List<Path> files) {
    Map<String, List<String>> bySkill = new LinkedHashMap<>();
    for (Path file : files) {
      for (SuiteFile.Item item : RetentionSuite.items(file)) {
        bySkill
            .computeIfAbsent(RetentionSuite.skill(file, item.json()), skill -> new ArrayList<>())
            .add(text(ExampleText.ofJson(item.json())));
      }
    }
    return bySkill.entrySet().stream()
        .map(entry -> new SuiteTexts(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static String text(ExampleText item) {
    if (item instanceof Completion pair) {
      return pair.prompt() + " " + pair.completion();
    }
    return ((Conversation) item)
        .turns().stream().map(Turn::content).collect(Collectors.joining(" "));
  }
}
