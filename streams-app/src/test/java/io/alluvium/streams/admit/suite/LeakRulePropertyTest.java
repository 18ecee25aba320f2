package io.alluvium.streams.admit.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.ItemGrams;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class LeakRulePropertyTest {
  private static final Instant FROM = Instant.ofEpochMilli(1000);
  private static final String ITEM =
      "Which river flows through the town of Aldern before it meets the sea? The Ossa.";

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "b", "c", "d")
        .list()
        .ofMaxSize(30)
        .map(words -> String.join(" ", words));
  }

  /** The slow way: sets of strings. */
  @Property
  void anExampleLeaksExactlyWhenItHoldsHalfOfAnItem(
      @ForAll("texts") String item, @ForAll("texts") String example) {
    SuiteBook book = new SuiteBook();
    boolean known = ItemGrams.of(item).isPresent();
    if (known) {
      book.take(item("one", item, null));
    }
    assertThat(rule(book, 0.5).check(List.of(example), 1000).isPresent())
        .isEqualTo(known && holdsHalf(item, example));
  }

  private static boolean holdsHalf(String item, String example) {
    List<String> words = List.of(item.split(" "));
    int length = Math.min(ItemGrams.LENGTH, words.size());
    Set<String> runs = runs(words, length);
    Set<String> found = runs(List.of(example.split(" ")), length);
    found.retainAll(runs);
    return found.size() >= Math.ceil(0.5 * runs.size());
  }

  private static Set<String> runs(List<String> words, int length) {
    Set<String> runs = new HashSet<>();
    for (int i = 0; i + length <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + length)));
    }
    return runs;
  }

  @Example
  void anItemIsFoundWithinOtherTextAndAcrossPromptAndResponse() {
    LeakRule rule = rule(bookOf(ITEM), 0.5);
    assertThat(
            rule.check(
                List.of(
                    "Tell me: which river flows through the town of Aldern,",
                    "before it meets the sea? The Ossa, I think"),
                1000))
        .get()
        .asString()
        .isEqualTo("holds 11 of 11 runs of 5 words of suite item s/0")
        .doesNotContain("river");
    assertThat(rule.check(List.of("Which river flows through Aldern?", "The Ossa."), 1000))
        .isEmpty();
  }

  @Example
  void anItemIsGuardedFromOneLogTimeToAnother() {
    SuiteBook book = bookOf(ITEM);
    LeakRule rule = rule(book, 0.5);
    assertThat(rule.check(List.of(ITEM), 999)).isEmpty();
    assertThat(rule.check(List.of(ITEM), 1000)).isPresent();
    book.take(item("0", ITEM, Instant.ofEpochMilli(2000)));
    assertThat(rule.check(List.of(ITEM), 1999)).isPresent();
    assertThat(rule.check(List.of(ITEM), 2000)).isEmpty();
  }

  @Example
  void anItemThatIsChangedIsGuardedAsItWasUntilTheChangeIsInForce() {
    String changed = "How many bridges cross the Ossa within the walls of Aldern? Seven of them.";
    SuiteBook book = bookOf(ITEM);
    book.take(item("0", changed, Instant.ofEpochMilli(2000), null));
    LeakRule rule = rule(book, 0.5);
    assertThat(rule.check(List.of(ITEM), 1999)).isPresent();
    assertThat(rule.check(List.of(changed), 1999)).isEmpty();
    assertThat(rule.check(List.of(ITEM), 2000)).isEmpty();
    assertThat(rule.check(List.of(changed), 2000)).isPresent();
  }

  @Example
  void anItemThatWasRemovedAndAddedAgainIsNotGuardedBetween() {
    SuiteBook book = bookOf(ITEM);
    book.take(item("0", ITEM, Instant.ofEpochMilli(2000)));
    book.take(item("0", ITEM, Instant.ofEpochMilli(3000), null));
    LeakRule rule = rule(book, 0.5);
    assertThat(rule.check(List.of(ITEM), 1999)).isPresent();
    assertThat(rule.check(List.of(ITEM), 2000)).isEmpty();
    assertThat(rule.check(List.of(ITEM), 3000)).isPresent();
  }

  @Example
  void anItemWhoseRecordIsDeletedIsGuardedNoMore() {
    SuiteBook book = bookOf(ITEM);
    book.drop("s/0");
    LeakRule rule = rule(book, 0.5);
    assertThat(rule.check(List.of(ITEM), 1000)).isEmpty();
    book.take(item("0", ITEM, Instant.ofEpochMilli(2000), null));
    assertThat(rule.check(List.of(ITEM), 1999)).isEmpty();
    assertThat(rule.check(List.of(ITEM), 2000)).isPresent();
  }

  @Example
  void anItemOfAThousandIsFoundAndAnIdiomOfAllOfThemIsNone() {
    String idiom = "Answer the following question in one short sentence without any doubt: ";
    SuiteBook book =
        bookOf(
            IntStream.range(0, 1000)
                .mapToObj(i -> idiom + "what is the colour of thing number " + i + " in town?")
                .toArray(String[]::new));
    LeakRule rule = rule(book, 0.5);
    assertThat(rule.check(List.of(idiom + "who are you?"), 1000)).isEmpty();
    assertThat(rule.check(List.of("what is the colour of thing number 777 in town?"), 1000))
        .get()
        .asString()
        .endsWith("s/777");
  }

  @Example
  void theSameAnswerWhetherItemsCameOneByOneOrAreManyMore() {
    String[] many =
        IntStream.range(0, 5000)
            .mapToObj(i -> "alpha%d beta%d gamma%d delta%d".formatted(i, i, i, i))
            .toArray(String[]::new);
    LeakRule rule = rule(bookOf(many), 0.5);
    assertThat(Arrays.stream(many).filter(text -> rule.check(List.of(text), 1000).isEmpty()))
        .isEmpty();
    assertThat(rule.check(List.of("alpha1 beta2 gamma3 delta4"), 1000)).isEmpty();
  }

  @Example
  void tooFewWordsAreNoItem() {
    assertThat(ItemGrams.of("35 + 39 =")).isEmpty();
    assertThat(ItemGrams.of("35 + 39 = 74")).isPresent();
  }

  private static SuiteBook bookOf(String... items) {
    SuiteBook book = new SuiteBook();
    for (int i = 0; i < items.length; i++) {
      book.take(item(Integer.toString(i), items[i], null));
    }
    return book;
  }

  private static SuiteItem item(String name, String text, @Nullable Instant until) {
    return item(name, text, FROM, until);
  }

  private static SuiteItem item(String name, String text, Instant from, @Nullable Instant until) {
    ItemGrams grams = ItemGrams.of(text).orElseThrow();
    return SuiteItem.newBuilder()
        .setSuite("s")
        .setItem(name)
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(from)
        .setEffectiveUntil(until)
        .build();
  }

  private static LeakRule rule(SuiteBook book, double share) {
    return new LeakRule(book, new SuiteConfig(share));
  }
}
