package io.alluvium.streams.admit.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Precision and recall by form, printed as the table of the README; floors are the promise. */
class SecretCorpusTest {
  private static final long SEED = 20261127;
  private static final int EACH = 200;
  private static final double LEAST_RECALL = 0.95;
  private static final double LEAST_PRECISION = 0.98;

  /**
   * What came of the samples of a form.
   *
   * @param planted what was to be found
   * @param found of it, whole
   * @param samples texts
   * @param spoiled those in which something else was found
   */
  private record Row(int planted, int found, int samples, int spoiled) {
    Row with(SecretCorpus.Sample sample, List<Finding> findings) {
      List<int[]> secrets = sample.secrets();
      long whole = secrets.stream().filter(one -> isCovered(one, findings)).count();
      boolean isSpoiled =
          findings.stream()
              .anyMatch(one -> secrets.stream().noneMatch(secret -> isWithin(one, secret)));
      return new Row(
          planted + secrets.size(),
          found + (int) whole,
          samples + 1,
          spoiled + (isSpoiled ? 1 : 0));
    }

    /** To the last sign: one that also ends a sentence may be left. */
    private static boolean isCovered(int[] secret, List<Finding> findings) {
      return findings.stream()
          .anyMatch(one -> one.start() <= secret[0] && one.end() >= secret[1] - 1);
    }

    /** A code or a date behind a card may be taken with it. */
    private static boolean isWithin(Finding one, int[] secret) {
      return one.start() >= secret[0] - 1 && one.start() < secret[1] && one.end() <= secret[1] + 5;
    }

    double recall() {
      return planted == 0 ? 1 : (double) found / planted;
    }

    double precision() {
      return found + spoiled == 0 ? 1 : 1 - (double) spoiled / samples;
    }
  }

  @Test
  void everyFormKeepsItsFloors() {
    List<SecretCorpus.Sample> samples = new ArrayList<>(SecretCorpus.written("secrets.txt"));
    samples.addAll(SecretCorpus.written("innocent.txt"));
    samples.addAll(SecretCorpus.later("secrets-later.txt"));
    samples.addAll(SecretCorpus.later("innocent-later.txt"));
    samples.addAll(SecretCorpus.secrets(SEED, EACH));
    samples.addAll(SecretCorpus.innocent(SEED, EACH));
    Map<String, Row> rows = new TreeMap<>();
    for (SecretCorpus.Sample sample : samples) {
      List<Finding> findings = SecretScan.of(sample.text());
      Row before = rows.getOrDefault(sample.form(), new Row(0, 0, 0, 0));
      Row row = before.with(sample, findings);
      rows.put(sample.form(), row);
      boolean isRight = row.found - before.found == row.planted - before.planted;
      if (!isRight || row.spoiled > before.spoiled) {
        System.out.println("  wrong: " + sample + " " + findings);
      }
    }
    System.out.println("seed " + SEED + "\n| form | texts | precision | recall |");
    rows.forEach((form, row) -> System.out.println(shown(form, row)));
    assertThat(rows)
        .allSatisfy(
            (form, row) -> {
              assertThat(row.recall()).as(form).isGreaterThanOrEqualTo(LEAST_RECALL);
              assertThat(row.precision()).as(form).isGreaterThanOrEqualTo(LEAST_PRECISION);
            });
  }

  private static String shown(String form, Row row) {
    String recall = row.planted == 0 ? "" : String.format(Locale.ROOT, "%.3f", row.recall());
    return String.format(
        Locale.ROOT, "| %s | %d | %.3f | %s |", form, row.samples, row.precision(), recall);
  }
}
