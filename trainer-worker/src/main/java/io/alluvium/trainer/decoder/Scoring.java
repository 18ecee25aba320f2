package io.alluvium.trainer.decoder;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.memory.PassMemory;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.packing.PackedTensors;
import io.alluvium.trainer.program.packing.Packing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One scoring request: cut into calls of bounded memory, similar lengths together. Logits are made
 * for some rows at a time, so a large vocabulary makes no smaller calls.
 */
final class Scoring {
  private static final int MAX_TOKENS_PER_CALL = 8192;

  private final Decoder decoder;
  private final @Nullable LoraWeights adapter;

  Scoring(Decoder decoder, @Nullable LoraWeights adapter) {
    this.decoder = decoder;
    this.adapter = adapter;
  }

  Scores score(List<TokenSequence> sequences, boolean embed) {
    float[] losses = new float[sequences.size()];
    boolean[] matches = new boolean[sequences.size()];
    float[][] embeddings = new float[embed ? sequences.size() : 0][];
    Scores scores = new Scores(losses, matches, Arrays.asList(embeddings));
    for (List<Integer> part : parts(sequences)) {
      run(sequences, part, scores);
    }
    return scores;
  }

  /** Indices per call, longest sequences first. */
  private List<List<Integer>> parts(List<TokenSequence> sequences) {
    int longest = sequences.stream().mapToInt(TokenSequence::length).max().orElse(1);
    int limit = tokensPerCall(decoder.memory(), longest);
    List<List<Integer>> parts = new ArrayList<>();
    int tokens = limit;
    for (int index : longestFirst(sequences)) {
      int length = sequences.get(index).length();
      decoder.requireLength(length);
      if (parts.isEmpty() || tokens + length > limit) {
        parts.add(new ArrayList<>());
        tokens = 0;
      }
      parts.get(parts.size() - 1).add(index);
      tokens += length;
    }
    return parts;
  }

  /**
   * Most tokens of a call; a single sequence may exceed them.
   *
   * @param longest tokens of the longest sequence, which a row is about as wide as
   */
  static int tokensPerCall(PassMemory memory, int longest) {
    return (int)
        Math.min(MAX_TOKENS_PER_CALL, PassMemory.SCORING_CALL / memory.forthPerToken(longest));
  }

  private static List<Integer> longestFirst(List<TokenSequence> sequences) {
    return IntStream.range(0, sequences.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -sequences.get(i).length()))
        .toList();
  }

  private void run(List<TokenSequence> sequences, List<Integer> part, Scores scores) {
    List<TokenSequence> chosen = part.stream().map(sequences::get).toList();
    boolean embed = !scores.embeddings().isEmpty();
    Packing packing = Packing.of(chosen.stream().map(SupervisedTokens::inputs).toList());
    SupervisedTokens supervised = SupervisedTokens.of(chosen, packing);
    try (PackedTensors batch = decoder.weights().packed(packing);
        NativeTensor owners = NativeTensor.of(packing.owners(), packing.tokens());
        NativeTensor selected = NativeTensor.of(supervised.selected(), supervised.size());
        NativeTensor targets = NativeTensor.of(supervised.targets(), supervised.size());
        NativeTensor sequence = NativeTensor.of(supervised.sequences(), supervised.size())) {
      List<NativeTensor> result =
          batch
              .to(decoder.call("score", adapter))
              .with(selected)
              .with(targets)
              .with(sequence)
              .with(chosen.size())
              .with(embed ? List.of(owners) : List.of())
              .run();
      store(chosen, part, result, scores);
    }
  }

  private void store(
      List<TokenSequence> chosen, List<Integer> part, List<NativeTensor> result, Scores scores) {
    float[] sums = Decoder.takeFloats(result.get(0));
    float[] wrong = Decoder.takeFloats(result.get(1));
    float[] states = result.size() > 2 ? Decoder.takeFloats(result.get(2)) : new float[0];
    for (int n = 0; n < chosen.size(); n++) {
      int index = part.get(n);
      scores.losses()[index] = sums[n] / chosen.get(n).responseTokens();
      scores.exactMatches()[index] = wrong[n] == 0;
      if (states.length > 0) {
        scores.embeddings().set(index, mean(states, n, chosen.get(n).length() - 1));
      }
    }
  }

  private float[] mean(float[] sums, int row, int tokens) {
    int width = decoder.config().hidden();
    float[] mean = Arrays.copyOfRange(sums, row * width, (row + 1) * width);
    for (int i = 0; i < width; i++) {
      mean[i] /= tokens;
    }
    return mean;
  }
}
