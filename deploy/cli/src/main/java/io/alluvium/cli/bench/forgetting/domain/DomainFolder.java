package io.alluvium.cli.bench.forgetting.domain;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.alluvium.cli.demo.domain.question.ModelNames;
import io.alluvium.cli.demo.domain.question.Question;
import io.alluvium.cli.demo.domain.question.QuestionAndAnswer;
import io.alluvium.cli.demo.domain.question.RepairRule;
import io.alluvium.trainer.bench.forgetting.order.SequenceOrder.DomainFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Drawn domains as files. Each has machines of its own, a rule of its own (which action helps
 * against which error) and facts of its own (who makes which machine); tests ask by the rule about
 * machines and errors that were not sent together, and for the facts in words that were not sent.
 *
 * @param folder where they are written
 * @param records of each domain
 */
public record DomainFolder(Path folder, int records) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MACHINES = 64;
  private static final int MAKERS = 12;
  private static final int TESTS = 64;

  /** The last one is only asked. */
  private static final List<String> MAKER_WORDS =
      List.of(
          "who makes the %s?",
          "the %s is made by whom?", "name the maker of the %s.", "the maker of a %s?");

  /**
   * Draws and writes.
   *
   * @param count of domains
   * @param seed decides all of them
   * @throws IOException when they cannot be written
   */
  public List<DomainFiles> drawn(int count, long seed) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(seed);
    List<DomainFiles> domains = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      domains.add(domain("domain" + number, random.split()));
    }
    return domains;
  }

  private DomainFiles domain(String name, SplittableRandom random) throws IOException {
    List<String> machines = ModelNames.drawn(MACHINES, random);
    List<QuestionAndAnswer> rules = rules(machines, random);
    List<QuestionAndAnswer> asked = rules.subList(0, TESTS);
    List<QuestionAndAnswer> facts = facts(machines, random);
    List<QuestionAndAnswer> told = facts.stream().filter(fact -> !isLastWording(fact)).toList();
    List<QuestionAndAnswer> stream = new ArrayList<>(told);
    stream.addAll(rules.subList(TESTS, TESTS + records - told.size()));
    Collections.shuffle(stream, new Random(random.nextLong()));
    return new DomainFiles(
        name,
        write(name + ".jsonl", stream),
        new TreeMap<>(
            Map.of(
                "rules", write(name + "-rules.jsonl", asked),
                "facts",
                    write(
                        name + "-facts.jsonl",
                        facts.stream().filter(DomainFolder::isLastWording).toList()))));
  }

  private static List<QuestionAndAnswer> rules(List<String> machines, SplittableRandom random) {
    RepairRule rule = RepairRule.drawn(random);
    List<Question> questions = Question.all(machines);
    Collections.shuffle(questions, new Random(random.nextLong()));
    return questions.stream().map(question -> question.answeredBy(rule)).toList();
  }

  private static List<QuestionAndAnswer> facts(List<String> machines, SplittableRandom random) {
    List<String> makers = ModelNames.drawn(MAKERS, random);
    List<QuestionAndAnswer> facts = new ArrayList<>();
    for (String machine : machines) {
      String maker = makers.get(random.nextInt(MAKERS));
      MAKER_WORDS.forEach(
          words -> facts.add(new QuestionAndAnswer(words.formatted(machine), " " + maker)));
    }
    return facts;
  }

  private static boolean isLastWording(QuestionAndAnswer fact) {
    return fact.prompt().startsWith("the maker of a ");
  }

  private String write(String name, List<QuestionAndAnswer> lines) throws IOException {
    List<String> texts = new ArrayList<>();
    for (QuestionAndAnswer line : lines) {
      texts.add(
          JSON.createObjectNode()
              .put("prompt", line.prompt())
              .put("completion", line.completion())
              .toString());
    }
    return Files.write(folder.resolve(name), texts).toString();
  }

  /** Fewest records of a domain: its facts, and as many by its rule. */
  public static int fewest() {
    return 2 * MACHINES * (MAKER_WORDS.size() - 1);
  }

  /** Most records of a domain. */
  public static int most() {
    return MACHINES * (MAKER_WORDS.size() - 1 + 4 * RepairRule.ERRORS) - TESTS;
  }
}
