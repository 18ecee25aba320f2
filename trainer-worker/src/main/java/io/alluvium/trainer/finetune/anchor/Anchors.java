package io.alluvium.trainer.finetune.anchor;

import io.alluvium.trainer.model.text.ExampleTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Texts on whose every position the adapter is held to the base. Given as JSONL, or sampled from
 * the base itself, so that no old data is needed.
 */
public final class Anchors {
  private final List<int[]> sequences;

  private Anchors(List<int[]> sequences) {
    this.sequences = List.copyOf(sequences);
  }

  /** No anchors. */
  public static Anchors none() {
    return new Anchors(List.of());
  }

  /** Anchors of given tokens, each at least two. */
  public static Anchors of(List<int[]> sequences) {
    return new Anchors(sequences);
  }

  /**
   * Reads JSONL lines {@code {prompt, completion}}, {@code {messages}} or {@code {ids}}, cut to a
   * length.
   *
   * @param maxTokens longest anchor, tokens
   * @throws IOException naming file and line when a line is neither
   */
  public static Anchors load(Path file, ExampleTokenizer tokenizer, int maxTokens)
      throws IOException {
    List<int[]> sequences = new ArrayList<>();
    for (int[] ids : AnchorFile.read(file, tokenizer)) {
      sequences.add(Arrays.copyOf(ids, Math.min(ids.length, maxTokens)));
    }
    return new Anchors(sequences);
  }

  /** How many. */
  public int size() {
    return sequences.size();
  }

  /** Tokens of one. */
  public int[] ids(int index) {
    return sequences.get(index);
  }
}
