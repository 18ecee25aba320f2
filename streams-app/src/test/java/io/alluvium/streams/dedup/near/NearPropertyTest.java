package io.alluvium.streams.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NearPropertyTest {
  private static final double WANTED = 0.8;
  private static final Banding BANDING = Banding.of(WANTED);
  private static final NearWindow.Reach ALL = new NearWindow.Reach(0, 0);

  private record Pair(List<String> one, List<String> other) {
    double similarity() {
      return Math.min(
          jaccard(one.get(0) + " " + one.get(1), other.get(0) + " " + other.get(1)),
          jaccard(one.get(1), other.get(1)));
    }

    boolean isFound() {
      NearWindow window = new NearWindow(4);
      window.add(new NearWindow.Entry(0, 0, 0, new Signature().of(one)));
      return window.find(new Signature().of(other), BANDING, ALL).isPresent();
    }
  }

  /** The slow way: sets of strings. */
  private static double jaccard(String one, String other) {
    Set<String> both = runs(one);
    Set<String> either = new HashSet<>(both);
    both.retainAll(runs(other));
    either.addAll(runs(other));
    return (double) both.size() / either.size();
  }

  private static Set<String> runs(String text) {
    String[] words = text.split(" ");
    Set<String> runs = new HashSet<>();
    for (int i = 0; i + 3 <= words.length; i++) {
      runs.add(String.join(" ", Arrays.copyOfRange(words, i, i + 3)));
    }
    return runs;
  }

  @Example
  void plantedPairsAreFoundAndOthersAreNot() {
    Random random = new Random(42);
    List<Pair> near = new ArrayList<>();
    List<Pair> far = new ArrayList<>();
    while (near.size() < 500 || far.size() < 500) {
      Pair pair = pair(random, random.nextBoolean() ? 0.03 : 0.1 + random.nextDouble() * 0.2);
      if (pair.similarity() >= 0.8) {
        near.add(pair);
      } else if (pair.similarity() <= 0.4) {
        far.add(pair);
      }
    }
    double recall = share(near);
    double falsePositives = share(far);
    System.out.printf(
        "near-duplicates: recall %.4f of %d at 0.8 and more, %.4f of %d found at 0.4 and less%n",
        recall, near.size(), falsePositives, far.size());
    assertThat(recall).isGreaterThanOrEqualTo(0.95);
    assertThat(falsePositives).isLessThanOrEqualTo(0.01);
  }

  private static double share(List<Pair> pairs) {
    return (double) pairs.stream().filter(Pair::isFound).count() / pairs.size();
  }

  private static Pair pair(Random random, double changes) {
    List<String> one = List.of(words(random, 20), words(random, 30 + random.nextInt(100)));
    return new Pair(
        one, List.of(changed(one.get(0), random, changes), changed(one.get(1), random, changes)));
  }

  private static String words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add("w" + random.nextInt(800));
    }
    return String.join(" ", words);
  }

  private static String changed(String text, Random random, double changes) {
    String[] words = text.split(" ");
    Arrays.setAll(words, i -> random.nextDouble() < changes ? "x" + random.nextInt(800) : words[i]);
    return String.join(" ", words);
  }

  /** The slow way: every entry, band by band. */
  @Property(tries = 60)
  void theWindowFindsWhatLookingAtEveryEntryFinds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int capacity) {
    Random random = new Random(seed);
    NearWindow window = new NearWindow(capacity);
    List<NearWindow.Entry> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      short[] signature = signature(random);
      NearWindow.Reach reach = new NearWindow.Reach(i - random.nextInt(80), random.nextInt(150));
      assertThat(window.find(signature, BANDING, reach))
          .isEqualTo(slow(all, signature, reach, i - capacity));
      NearWindow.Entry entry = new NearWindow.Entry(i, i, i, signature);
      window.add(entry);
      all.add(entry);
    }
  }

  /** Few kinds, a little changed, so that many agree. */
  private static short[] signature(Random random) {
    short[] signature = new short[Signature.PLACES];
    int kind = random.nextInt(4);
    for (int i = 0; i < signature.length; i++) {
      signature[i] = (short) (random.nextInt(5) == 0 ? random.nextInt(9) : kind * 100 + i);
    }
    return signature;
  }

  private static Optional<NearWindow.Match> slow(
      List<NearWindow.Entry> all, short[] signature, NearWindow.Reach reach, int afterSequence) {
    return all.stream()
        .filter(entry -> entry.sequence() >= afterSequence)
        .filter(entry -> entry.sequence() >= reach.sinceSequence())
        .filter(entry -> entry.timeMs() >= reach.sinceMs())
        .filter(entry -> sharesBand(entry.signature(), signature))
        .filter(
            entry ->
                agreeing(entry.signature(), signature, Signature.WHOLE, Signature.PLACES)
                    >= BANDING.leastResponse())
        .map(
            entry ->
                new NearWindow.Match(
                    entry, agreeing(entry.signature(), signature, 0, Signature.WHOLE)))
        .filter(match -> match.agreeing() >= BANDING.leastWhole())
        .min(
            Comparator.comparingInt(NearWindow.Match::agreeing)
                .reversed()
                .thenComparing(match -> match.entry().sequence()));
  }

  private static boolean sharesBand(short[] one, short[] other) {
    for (int band = 0; band < BANDING.bands(); band++) {
      int from = band * BANDING.rows();
      if (agreeing(one, other, from, from + BANDING.rows()) == BANDING.rows()) {
        return true;
      }
    }
    return false;
  }

  private static int agreeing(short[] one, short[] other, int from, int to) {
    int agreeing = 0;
    for (int i = from; i < to; i++) {
      agreeing += one[i] == other[i] ? 1 : 0;
    }
    return agreeing;
  }

  @Property(tries = 50)
  void aWindowFilledInAnotherOrderGivesTheSameAnswers(@ForAll long seed) {
    Random random = new Random(seed);
    List<NearWindow.Entry> entries = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      entries.add(new NearWindow.Entry(i, i, i, signature(random)));
    }
    NearWindow inOrder = new NearWindow(64);
    entries.forEach(inOrder::add);
    Collections.shuffle(entries, random);
    NearWindow shuffled = new NearWindow(64);
    entries.forEach(shuffled::add);
    short[] asked = signature(random);
    assertThat(shuffled.find(asked, BANDING, ALL)).isEqualTo(inOrder.find(asked, BANDING, ALL));
    assertThat(shuffled.nextSequence()).isEqualTo(inOrder.nextSequence());
  }

  @Property
  void bandsLookAtNearlyAllThatIsWanted(@ForAll @IntRange(min = 30, max = 100) int percent) {
    Banding banding = Banding.of(percent / 100.0);
    assertThat(Banding.lookedAt(percent / 100.0, banding.rows())).isGreaterThanOrEqualTo(0.999);
    assertThat(banding.rows() * banding.bands()).isLessThanOrEqualTo(Signature.WHOLE);
  }

  @Example
  void aCorrectedAnswerToTheSameLongPromptIsNoRepetition() {
    String prompt = words(new Random(1), 200);
    assertThat(new Pair(List.of(prompt, "Press A."), List.of(prompt, "Press B.")).isFound())
        .isFalse();
  }

  /** Fixed for ever: stored signatures outlive a release. */
  @Example
  void theSignatureOfAGivenTextNeverChanges() {
    assertThat(Arrays.hashCode(new Signature().of(List.of("Why?", "Because it is so, always."))))
        .isEqualTo(880463859);
  }

  @Example
  void anAnswerWithoutWordsHasNoSignature() {
    assertThat(new Signature().of(List.of("Which sign?", "+"))).isEmpty();
  }
}
