package io.alluvium.schemas.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordHashesPropertyTest {
  @Provide
  Arbitrary<List<String>> someWords() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .numeric()
        .ofMinLength(1)
        .ofMaxLength(6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  /** The slow way: the run's words alone. */
  @Property
  void aRunHashesAsIfNothingStoodAroundIt(
      @ForAll("someWords") List<String> words, @ForAll @IntRange(max = 39) int start) {
    int from = start % words.size();
    WordHashes all = new WordHashes().add(String.join(" ", words));
    WordHashes alone = new WordHashes().add(String.join(", ", words.subList(from, words.size())));
    assertThat(all.count()).isEqualTo(words.size());
    assertThat(all.run(from, words.size() - from)).isEqualTo(alone.run(0, alone.count()));
  }

  @Property
  void caseAndWhatStandsBetweenDoNotCount(@ForAll("someWords") List<String> words) {
    WordHashes plain = new WordHashes().add(String.join(" ", words));
    WordHashes other =
        new WordHashes().add("(" + String.join("\n-- ", words).toUpperCase(Locale.ROOT) + ")!");
    assertThat(other.run(0, other.count())).isEqualTo(plain.run(0, plain.count()));
  }

  @Property
  void theOrderCounts(@ForAll("someWords") List<String> words) {
    List<String> turned = words.stream().sorted(Comparator.reverseOrder()).toList();
    List<String> sorted = words.stream().sorted().toList();
    WordHashes one = new WordHashes().add(String.join(" ", sorted));
    WordHashes two = new WordHashes().add(String.join(" ", turned));
    assertThat(one.run(0, one.count()) == two.run(0, two.count())).isEqualTo(sorted.equals(turned));
  }

  /** Fixed for ever: suites on their topic are made of these. */
  @Example
  void theHashOfGivenWordsNeverChanges() {
    assertThat(new WordHashes().add("Restart the printer").run(0, 3))
        .isEqualTo(-5701237728840530356L);
  }

  @ParameterizedTest
  @CsvSource({
    "打印机怎么重启, 7",
    "プリンターを再起動, 9",
    "用Java 17写3行代码, 8",
    "กี่บาท, 4",
    "프린터를 다시 켜세요, 3",
    "नमस्ते दुनिया, 2",
    "Xin chào thế giới, 4",
    "cafe\u0301 au lait, 3",
  })
  void signsOfScriptsWithoutBlanksAreWords(String text, int words) {
    assertThat(new WordHashes().add(text).count()).isEqualTo(words);
  }

  @Example
  void theHashOfGivenSignsNeverChanges() {
    assertThat(new WordHashes().add("打印机").run(0, 3)).isEqualTo(-5149841394645686417L);
  }
}
