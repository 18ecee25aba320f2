package io.alluvium.streams.admit.secret;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Texts with what is to be found in them between two {@code ░}, and texts with nothing to find:
 * lines written by hand, and forms drawn with a seed.
 */
final class SecretCorpus {
  static final String MARK = "░";

  private SecretCorpus() {}

  /**
   * A text of a form.
   *
   * @param form its name
   * @param marked with what is to be found between marks
   */
  record Sample(String form, String marked) {
    String text() {
      return marked.replace(MARK, "");
    }

    /** Pairs of first character and the one after the last. */
    List<int[]> secrets() {
      List<int[]> secrets = new ArrayList<>();
      String[] parts = marked.split(MARK, -1);
      int at = 0;
      for (int i = 0; i < parts.length; i++) {
        if (i % 2 == 1) {
          secrets.add(new int[] {at, at + parts[i].length()});
        }
        at += parts[i].length();
      }
      return secrets;
    }
  }

  /** Lines of a file beside this class. */
  static List<Sample> written(String file) {
    return lines(file, ", written");
  }

  /** Lines of a file that was written when the rules were finished, and then mended for it. */
  static List<Sample> later(String file) {
    return lines(file, ", written later");
  }

  private static List<Sample> lines(String file, String suffix) {
    try (InputStream in =
        Objects.requireNonNull(SecretCorpus.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .map(
              line ->
                  new Sample(
                      line[0] + suffix,
                      line[1].replace("\\\\n", "\0").replace("\\n", "\n").replace("\0", "\\n")))
          .toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** So many of each form that holds something. */
  static List<Sample> secrets(long seed, int each) {
    return drawn(SecretForms.SECRETS, seed, each);
  }

  /** So many of each form that only looks like it. */
  static List<Sample> innocent(long seed, int each) {
    return drawn(SecretForms.INNOCENT, seed, each);
  }

  private static List<Sample> drawn(List<SecretForms.Form> forms, long seed, int each) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    for (SecretForms.Form form : forms) {
      for (int i = 0; i < each; i++) {
        samples.add(new Sample(form.name(), form.drawing().apply(random)));
      }
    }
    return samples;
  }
}
