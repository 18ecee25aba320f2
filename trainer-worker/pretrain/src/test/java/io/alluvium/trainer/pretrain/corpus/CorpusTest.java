package io.alluvium.trainer.pretrain.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.trainer.pretrain.skill.SkillRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private static final int MANY = 60_000;

  private final Corpus corpus = new Corpus(Mixture.balanced());

  @Test
  void equalSeedsGiveEqualRecords() {
    assertThat(draw(5, 500)).isEqualTo(draw(5, 500)).isNotEqualTo(draw(6, 500));
  }

  @Test
  void suitesAreTheSameAtEveryCallAndHoldDistinctRecords() {
    Map<String, List<SkillRecord>> suites = Corpus.suites(72);
    assertThat(suites).isEqualTo(Corpus.suites(72));
    assertThat(suites.keySet())
        .containsExactly("add", "sort", "reverse", "repeat", "dialogue", "facts");
    suites.values().forEach(suite -> assertThat(suite).hasSize(72).doesNotHaveDuplicates());
  }

  @Test
  void heldOutRecordsNeverOccurInTraining() {
    Set<String> heldOut =
        Corpus.suites(80).values().stream()
            .flatMap(List::stream)
            .map(SkillRecord::prompt)
            .collect(Collectors.toSet());
    assertThat(draw(7, MANY)).noneMatch(example -> heldOut.contains(example.prompt()));
  }

  @Test
  void heldOutSumsAreNotTrainedTheOtherWayRoundEither() {
    Set<String> trained =
        draw(8, MANY).stream()
            .filter(example -> example.skill().equals("add"))
            .map(SkillRecord::prompt)
            .collect(Collectors.toSet());
    for (SkillRecord sum : Corpus.suites(80).getOrDefault("add", List.of())) {
      String[] part = sum.prompt().split(" ", -1);
      assertThat(trained).doesNotContain(part[2] + " + " + part[0] + " =");
    }
  }

  @Test
  void everyHeldOutFactIsTrainedInAllOtherWordings() {
    Map<String, Long> wordings =
        draw(9, MANY).stream()
            .filter(example -> example.skill().equals("facts"))
            .map(SkillRecord::text)
            .distinct()
            .collect(Collectors.groupingBy(CorpusTest::askedAbout, Collectors.counting()));
    for (SkillRecord fact : Corpus.suites(72).getOrDefault("facts", List.of())) {
      assertThat(wordings).containsEntry(askedAbout(fact.text()), 4L);
    }
  }

  @Test
  void sharesDecideHowOftenASkillAppears() {
    Map<String, Double> shares = new java.util.HashMap<>(Mixture.balanced().shares());
    shares.put("sort", 1000.0);
    Corpus sorting = new Corpus(new Mixture(shares));
    SplittableRandom random = new SplittableRandom(1);
    List<String> skills = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      skills.add(sorting.next(random).skill());
    }
    assertThat(skills).filteredOn("sort"::equals).hasSizeGreaterThan(950);
  }

  @Test
  void aMixtureThatLeavesOutASkillIsRefused() {
    assertThatThrownBy(() -> new Mixture(Map.of("add", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'sort' needs a share above 0");
  }

  @Test
  void aMixtureWithAnUnknownSkillIsRefused() {
    Map<String, Double> shares = new java.util.HashMap<>(Mixture.balanced().shares());
    shares.put("juggle", 1.0);
    assertThatThrownBy(() -> new Mixture(shares))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("juggle");
  }

  private List<SkillRecord> draw(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SkillRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(corpus.next(random));
    }
    return records;
  }

  /** Town and attribute, whatever the wording: the two words that no wording contains. */
  private static String askedAbout(String text) {
    Set<String> words = new HashSet<>(List.of(text.replaceAll("[?:]", "").split(" ", -1)));
    words.removeAll(Set.of("what", "is", "the", "of", "name", "has", "which", "tell", "me"));
    return words.stream().sorted().collect(Collectors.joining(" "));
  }
}
