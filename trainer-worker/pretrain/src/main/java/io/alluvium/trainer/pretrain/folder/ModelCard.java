package io.alluvium.trainer.pretrain.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * README of a pretrained folder.
 *
 * @param command line that made the folder
 * @param parameters number of weights
 * @param steps optimiser steps
 * @param tokens tokens trained
 * @param wallSeconds time it took
 * @param machine kind of machine: processors and threads used
 * @param perSkill held-out records per skill
 * @param exactMatch share of them answered exactly, per skill
 */
public record ModelCard(
    String command,
    long parameters,
    int steps,
    long tokens,
    long wallSeconds,
    String machine,
    int perSkill,
    Map<String, Double> exactMatch) {

  /** Writes {@code README.md} into {@code folder}. */
  public void write(Path folder) throws IOException {
    Files.writeString(folder.resolve("README.md"), text(folder));
  }

  private String text(Path folder) {
    StringBuilder rows = new StringBuilder();
    exactMatch.forEach(
        (skill, share) -> rows.append(String.format(Locale.ROOT, "| %s | %.3f |%n", skill, share)));
    return CARD.formatted(
        folder.getFileName(),
        parameters,
        command,
        steps,
        tokens,
        wallSeconds / 60.0,
        machine,
        perSkill,
        rows);
  }

  private static final String CARD =
      """
      ---
      license: apache-2.0
      library_name: transformers
      ---
      # %s

      A Llama decoder of %,d parameters with character tokens, small enough to be trained and tuned on
      two cores. It exists so that learning and forgetting can be shown on a machine without a model
      hub; it is of no use as a language model.

      It knows six things, each with one right answer: sums of numbers below fifty (`17 + 25 =`),
      sorting and reversing three to six letters (`sort dbca:`, `reverse dbca:`), saying a made-up word
      once, twice or thrice (`say kalo twice:`), polite replies (`user: hello, i am kalo.`, a line feed,
      `assistant:`), and 96 facts of an invented country in five wordings (`name the river of ...:`).
      An answer begins with a space and ends with the end token.

      ## How it was made

      ```
      %s
      ```

      %,d steps, %,d tokens, %.1f minutes on %s. All text comes from the project's own generator; no
      other data went in.

      ## What it knows

      Exact match on %d held-out records per skill, greedy, with the weights as stored (bf16). Sums are
      held out by the unordered pair of numbers, letters and words by the item; every fact was trained
      but never in the wording it is asked in here. The records are in `retention/`.

      | skill | exact match |
      |---|---|
      %s""";
}
