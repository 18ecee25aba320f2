package io.alluvium.streams.dedup.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Which share of planted pairs is found at each Jaccard similarity, printed as the table of
 * bench/BENCHMARKS.md: a pair is looked at when a band agrees, and found when enough places do.
 */
class NearCurveTest {
  private static final long SEED = 20261127;
  private static final int PAIRS = 1000;
  private static final int RUN = 3;
  private static final int PROMPT = 60;
  private static final int RESPONSE = 180;
  private static final double NEAR = 0.01;
  private static final Banding BANDING = Banding.of(0.8);

  /** What was seen of the pairs at one similarity. */
  private static final class Point {
    private int pairs;
    private int lookedAt;
    private int found;
    private double similarity;

    double share(int count) {
      return (double) count / pairs;
    }
  }

  @Test
  void theShareThatIsFoundFollowsTheory() {
    SplittableRandom random = new SplittableRandom(SEED);
    TreeMap<Integer, Point> points = new TreeMap<>();
    for (int percent = 40; percent <= 95; percent += 5) {
      points.put(percent, point(percent / 100.0, random));
    }
    System.out.printf(
        Locale.ROOT,
        "seed %d, %d bands of %d rows%n| Jaccard | pairs | looked at | 1 - (1 - s^r)^b | found |%n",
        SEED,
        BANDING.bands(),
        BANDING.rows());
    points.forEach((percent, point) -> System.out.println(shown(percent, point)));
    points.forEach(
        (percent, point) -> {
          double theory = theory(point.similarity / point.pairs);
          assertThat(point.share(point.lookedAt)).isBetween(theory - 0.06, theory + 0.06);
          assertThat(point.share(point.found))
              .as("at %d %%", percent)
              .isLessThanOrEqualTo(percent <= 50 ? 0.01 : 1)
              .isGreaterThanOrEqualTo(percent >= 80 ? 0.95 : 0);
        });
  }

  private static String shown(int percent, Point point) {
    return String.format(
        Locale.ROOT,
        "| %.2f | %d | %.3f | %.3f | %.3f |",
        percent / 100.0,
        point.pairs,
        point.share(point.lookedAt),
        theory(percent / 100.0),
        point.share(point.found));
  }

  private static double theory(double similarity) {
    return Banding.lookedAt(similarity, BANDING.rows());
  }

  /**
   * Pairs whose whole and whose response both are at the similarity, to a hundredth: a beginning of
   * the prompt and an end of the response are of their own, what stands between is common.
   */
  private static Point point(double wanted, SplittableRandom random) {
    Point point = new Point();
    while (point.pairs < PAIRS) {
      int ownPrompt = own(PROMPT, wanted);
      int ownResponse = own(RESPONSE, wanted);
      List<String> prompt = words("c", PROMPT - ownPrompt, random);
      List<String> response = words("c", RESPONSE + RUN - 1 - ownResponse, random);
      List<List<String>> one = pair("a", prompt, response, random);
      List<List<String>> other = pair("b", prompt, response, random);
      double whole = jaccard(joined(one), joined(other));
      assertThat(whole).isBetween(wanted - NEAR, wanted + NEAR);
      assertThat(jaccard(one.get(1), other.get(1))).isBetween(wanted - NEAR, wanted + NEAR);
      take(point, texts(one), texts(other), whole);
    }
    return point;
  }

  /** Of so many runs, those that only one of two texts has at a similarity. */
  private static int own(int runs, double similarity) {
    return (int) Math.round(runs * (1 - similarity) / (1 + similarity));
  }

  private static List<List<String>> pair(
      String own, List<String> prompt, List<String> response, SplittableRandom random) {
    List<String> whole = words(own, PROMPT - prompt.size(), random);
    whole.addAll(prompt);
    List<String> answer = new ArrayList<>(response);
    answer.addAll(words(own, RESPONSE + RUN - 1 - response.size(), random));
    return List.of(whole, answer);
  }

  private static void take(Point point, List<String> one, List<String> other, double similarity) {
    short[] first = new Signature().of(one);
    short[] second = new Signature().of(other);
    NearWindow window = new NearWindow(2);
    window.add(new NearWindow.Entry(0, 0, 0, first));
    point.pairs++;
    point.similarity += similarity;
    point.lookedAt += sharesBand(first, second) ? 1 : 0;
    point.found += window.find(second, BANDING, new NearWindow.Reach(0, 0)).isPresent() ? 1 : 0;
  }

  private static boolean sharesBand(short[] one, short[] other) {
    for (int band = 0; band < BANDING.bands(); band++) {
      int agreeing = 0;
      for (int row = 0; row < BANDING.rows(); row++) {
        int place = band * BANDING.rows() + row;
        agreeing += one[place] == other[place] ? 1 : 0;
      }
      if (agreeing == BANDING.rows()) {
        return true;
      }
    }
    return false;
  }

  private static List<String> words(String first, int count, SplittableRandom random) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(first + random.nextInt(100_000));
    }
    return words;
  }

  private static double jaccard(List<String> one, List<String> other) {
    Set<String> both = runs(one);
    Set<String> either = new HashSet<>(both);
    both.retainAll(runs(other));
    either.addAll(runs(other));
    return (double) both.size() / either.size();
  }

  private static Set<String> runs(List<String> words) {
    Set<String> runs = new HashSet<>();
    for (int i = 0; i + RUN <= words.size(); i++) {
      runs.add(String.join(" ", words.subList(i, i + RUN)));
    }
    return runs;
  }

  private static List<String> joined(List<List<String>> parts) {
    List<String> joined = new ArrayList<>(parts.get(0));
    joined.addAll(parts.get(1));
    return joined;
  }

  private static List<String> texts(List<List<String>> parts) {
    return parts.stream().map(words -> String.join(" ", words)).toList();
  }
}
