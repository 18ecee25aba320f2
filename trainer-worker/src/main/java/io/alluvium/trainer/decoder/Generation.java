package io.alluvium.trainer.decoder;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.decoder.options.Seeds;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One generation request: prompts of similar length run together. */
final class Generation {
  private static final int BATCH = 64;

  private final Decoder decoder;
  private final @Nullable LoraWeights adapter;
  private final GenerationOptions options;

  Generation(Decoder decoder, @Nullable LoraWeights adapter, GenerationOptions options) {
    this.decoder = decoder;
    this.adapter = adapter;
    this.options = options;
  }

  List<int[]> run(List<int[]> prompts) {
    int[][] results = new int[prompts.size()][];
    List<Integer> order =
        IntStream.range(0, prompts.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> prompts.get(i).length))
            .toList();
    int reach = decoder.config().rotary().longFrom();
    long near = order.stream().filter(i -> prompts.get(i).length <= reach).count();
    inBatches(prompts, order.subList(0, (int) near), results);
    inBatches(prompts, order.subList((int) near, order.size()), results);
    return Arrays.asList(results);
  }

  private void inBatches(List<int[]> prompts, List<Integer> order, int[][] results) {
    for (int from = 0; from < order.size(); from += BATCH) {
      run(prompts, order.subList(from, Math.min(order.size(), from + BATCH)), results);
    }
  }

  /** A text ends where its rotary positions would change under it, or at the longest. */
  private int limit(int longest) {
    int reach = decoder.config().rotary().longFrom();
    return longest <= reach ? Math.min(reach, decoder.maxTokens()) : decoder.maxTokens();
  }

  private void run(List<int[]> prompts, List<Integer> part, int[][] results) {
    int longest = part.stream().mapToInt(i -> prompts.get(i).length).max().orElse(0);
    int steps = Math.min(options.maxNewTokens(), limit(longest) - longest);
    if (steps < 1) {
      decoder.requireLength(longest + 1);
      throw new IllegalArgumentException(
          "a prompt of %d tokens cannot be continued: longer texts have other rotary positions"
              .formatted(longest));
    }
    long[] lengths = part.stream().mapToLong(i -> prompts.get(i).length).toArray();
    try (NativeTensor ids = NativeTensor.of(padded(prompts, part, longest), part.size(), longest);
        NativeTensor length = NativeTensor.of(lengths, part.size());
        NativeTensor uniform = NativeTensor.of(uniform(part, steps), part.size(), steps);
        NativeTensor ends = ends()) {
      List<NativeTensor> result =
          decoder
              .call("generate", adapter)
              .with(ids)
              .with(length)
              .with(uniform)
              .with(options.temperature())
              .with(ends)
              .with(decoder.weights().shift(longest))
              .run();
      store(result.get(0), part, results);
    }
  }

  private static void store(NativeTensor result, List<Integer> part, int[][] results) {
    try (result) {
      int steps = Math.toIntExact(result.shape()[1]);
      long[] tokens = result.longs();
      for (int n = 0; n < part.size(); n++) {
        results[part.get(n)] =
            Arrays.stream(tokens, n * steps, (n + 1) * steps)
                .takeWhile(token -> token >= 0)
                .mapToInt(Math::toIntExact)
                .toArray();
      }
    }
  }

  private static long[] padded(List<int[]> prompts, List<Integer> part, int width) {
    long[] ids = new long[part.size() * width];
    for (int n = 0; n < part.size(); n++) {
      int[] prompt = prompts.get(part.get(n));
      if (prompt.length == 0) {
        throw new IllegalArgumentException("a prompt without tokens cannot be continued");
      }
      for (int t = 0; t < prompt.length; t++) {
        ids[n * width + t] = prompt[t];
      }
    }
    return ids;
  }

  /** Each prompt has its own stream of numbers, so its text does not depend on its neighbours. */
  private float[] uniform(List<Integer> part, int steps) {
    float[] numbers = new float[part.size() * steps];
    if (options.temperature() > 0) {
      for (int n = 0; n < part.size(); n++) {
        Random random = new Random(Seeds.mix(options.seed(), options.first() + part.get(n)));
        for (int t = 0; t < steps; t++) {
          numbers[n * steps + t] = random.nextFloat();
        }
      }
    }
    return numbers;
  }

  private NativeTensor ends() {
    long[] ids = decoder.config().eosIds().stream().mapToLong(Integer::longValue).toArray();
    return NativeTensor.of(ids, ids.length);
  }
}
