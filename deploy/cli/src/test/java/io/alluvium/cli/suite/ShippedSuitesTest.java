package io.alluvium.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.cli.demo.domain.Deposit;
import io.alluvium.cli.demo.domain.DomainSize;
import io.alluvium.cli.demo.domain.SupportDomain;
import io.alluvium.cli.local.machine.ShippedBase;
import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.ItemGrams;
import io.alluvium.schemas.suite.SuiteGrams;
import io.alluvium.streams.admit.suite.LeakRule;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.suite.SuiteConfig;
import io.alluvium.trainer.gate.measure.SuiteTexts;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.pretrain.corpus.Corpus;
import io.alluvium.trainer.pretrain.corpus.Mixture;
import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the train role guards by default, and what the demo and a first session send. */
class ShippedSuitesTest {
  private static final SuiteBook BOOK = new SuiteBook();
  private static final LeakRule RULE = new LeakRule(BOOK, new SuiteConfig(0.5));
  private static final int SEEDS = 5;
  private static final int TEXTS = 20_000;

  private static List<SuiteTexts> suites = List.of();

  @BeforeAll
  static void guard() throws IOException {
    suites = SuiteTexts.load(new SkillFiles(ShippedBase.folder()).suites());
    for (SuiteTexts suite : suites) {
      List<Optional<ItemGrams>> items = SuiteGrams.of(suite.texts());
      for (int number = 0; number < items.size(); number++) {
        BOOK.take(item(suite.skill(), number, items.get(number).orElseThrow()));
      }
    }
  }

  @Test
  void everyItemIsFound() {
    assertThat(suites).hasSize(6);
    for (SuiteTexts suite : suites) {
      assertThat(suite.texts()).hasSize(72).allMatch(text -> leaks("Well. " + text, "Right?"));
    }
  }

  @Test
  void whatTheDemoAndAFirstSessionSendIsNotRefused() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(SupportDomain.steady(seed))
          .noneMatch(example -> leaks(example.prompt(), example.completion()));
      assertThat(new SupportDomain(seed, DomainSize.of(2000, 200)).stream())
          .map(Deposit::toString)
          .noneMatch(deposit -> leaks(deposit, ""));
    }
  }

  /** Of the same six tasks with the same words, but for questions of facts that suites ask too. */
  @Test
  void otherTextsOfTheSameTasksAreNotTakenForItems() {
    Corpus corpus = new Corpus(Mixture.balanced());
    SplittableRandom random = new SplittableRandom(3);
    for (int drawn = 0; drawn < TEXTS; drawn++) {
      SkillRecord text = corpus.next(random);
      assertThat(!text.skill().equals("facts") && leaks(text.prompt(), text.completion()))
          .as("%s%s", text.prompt(), text.completion())
          .isFalse();
    }
  }

  private static boolean leaks(String prompt, String completion) {
    return RULE.check(List.of(prompt, completion), 1).isPresent();
  }

  private static SuiteItem item(String suite, int number, ItemGrams grams) {
    return SuiteItem.newBuilder()
        .setSuite(suite)
        .setItem(Integer.toString(number))
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(Instant.EPOCH)
        .build();
  }
}
