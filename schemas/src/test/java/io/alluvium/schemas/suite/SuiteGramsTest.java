package io.alluvium.schemas.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuiteGramsTest {
  private static final String FORM =
      "Say in one word whether what follows is praise or blame, and nothing else: ";

  @Test
  void whatMostItemsShareCountsForNone() {
    for (int size : List.of(3, 8, 72, 500)) {
      List<String> texts =
          IntStream.range(0, size).mapToObj(i -> FORM + "lamp %d is bright".formatted(i)).toList();
      ItemGrams form = ItemGrams.of(FORM).orElseThrow();
      assertThat(SuiteGrams.of(texts))
          .as("%d items", size)
          .hasSize(size)
          .allSatisfy(
              item ->
                  assertThat(item.orElseThrow().grams())
                      .isNotEmpty()
                      .doesNotContainAnyElementsOf(form.grams()));
    }
  }

  @Test
  void itemsThatShareNothingAreWhole() {
    List<String> texts =
        List.of(
            "Which river flows through the town of Aldern? The Ossa.",
            "How many bridges cross it within the walls? Seven of them.",
            "Who built the first of these? Nobody knows any more.");
    assertThat(SuiteGrams.of(texts)).isEqualTo(texts.stream().map(ItemGrams::of).toList());
  }

  @Test
  void whatAFewOfManyShareIsTheirs() {
    String passage = "In the autumn of that year the last ferry was taken out of service. ";
    List<String> texts =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    i < 5
                        ? passage + "What was taken, asks number " + i
                        : "Item number %d is about thing %d and thing %d"
                            .formatted(i, i * 3, i * 7))
            .toList();
    assertThat(SuiteGrams.of(texts).get(0)).isEqualTo(ItemGrams.of(texts.get(0)));
  }

  @Test
  void anItemTwiceIsOneAndOneWithoutWordsOfItsOwnIsNone() {
    String question = FORM + "the lamp is bright";
    assertThat(SuiteGrams.of(List.of(question, question, question, question)))
        .containsOnly(ItemGrams.of(question));
    List<Optional<ItemGrams>> alike =
        SuiteGrams.of(
            List.of(FORM, FORM + "the lamp is bright", FORM + "a stair is steep", "35 + 39 ="));
    assertThat(alike.get(0)).as("nothing but the form").isEmpty();
    assertThat(alike.get(1)).isPresent();
    assertThat(alike.get(3)).as("too short").isEmpty();
  }

  @Test
  void aDigestNamesTheWordsAndNothingElse() {
    String digest = ItemGrams.of("the lamp is bright").orElseThrow().digest();
    assertThat(digest).isEqualTo("67e4d21a98269320");
    assertThat(ItemGrams.of("The lamp -- is bright!").orElseThrow().digest()).isEqualTo(digest);
    assertThat(ItemGrams.of("the lamp is dark").orElseThrow().digest()).isNotEqualTo(digest);
  }
}
