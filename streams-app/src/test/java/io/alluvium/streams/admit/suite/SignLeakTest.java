package io.alluvium.streams.admit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.ItemGrams;
import io.alluvium.streams.admit.text.SignTexts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Leaks in scripts without blanks between words: what is found, and what is not taken for one. */
class SignLeakTest {
  private static final long SEED = 5;
  private static final int ITEMS = 400;

  @ParameterizedTest
  @EnumSource
  void leaksAreFoundAndOtherTextsAreNot(SignTexts script) {
    SplittableRandom random = new SplittableRandom(SEED);
    SuiteBook book = new SuiteBook();
    List<List<String>> items = new ArrayList<>();
    for (int i = 0; i < ITEMS; i++) {
      items.add(script.words(random, 2));
      book.take(item(i, String.join("", items.get(i))));
    }
    LeakRule rule = new LeakRule(book, new SuiteConfig(0.5));
    int quoted = 0;
    int altered = 0;
    int others = 0;
    for (List<String> item : items) {
      String before = script.text(random, 1);
      String after = script.text(random, 2);
      quoted += leaks(rule, before + String.join("", item) + after);
      altered += leaks(rule, before + script.altered(item, random, 12) + after);
      others += leaks(rule, script.text(random, 5));
    }
    System.out.printf(
        "seed %d, leaks in %s: quoted %d, one word in twelve altered %d, of other texts %d, of %d%n",
        SEED, script, quoted, altered, others, ITEMS);
    assertThat(quoted).isEqualTo(ITEMS);
    assertThat(altered).isGreaterThanOrEqualTo(ITEMS * 3 / 4);
    assertThat(others).isLessThanOrEqualTo(ITEMS / 100);
  }

  @Test
  void aGreetingIsNoItem() {
    assertThat(ItemGrams.of("你好吗？")).isEmpty();
    assertThat(ItemGrams.of("天空是什么颜色？蓝色。")).isPresent();
  }

  private static int leaks(LeakRule rule, String text) {
    return rule.check(List.of(text), 1000).isPresent() ? 1 : 0;
  }

  private static SuiteItem item(int number, String text) {
    ItemGrams grams = ItemGrams.of(text).orElseThrow();
    return SuiteItem.newBuilder()
        .setSuite("s")
        .setItem(Integer.toString(number))
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(Instant.ofEpochMilli(1))
        .build();
  }
}
