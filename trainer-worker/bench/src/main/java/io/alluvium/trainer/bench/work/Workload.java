package io.alluvium.trainer.bench.work;

import io.alluvium.trainer.model.architecture.Architecture;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.rotary.Rotary;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A model shape and the batch that it is given. Pure.
 *
 * @param name of the configuration
 * @param model its shape
 * @param batch sequences of one step
 */
public record Workload(String name, DecoderConfig model, List<TokenSequence> batch) {
  /** Configurations with random weights; the shipped base is the one besides. */
  public static final List<String> RANDOM = List.of("small", "smollm2-135m", "vocab50k");

  private static final int SHIPPED_RECORDS = 40;

  /** A configuration of random weights and random full-length sequences. */
  public static Workload random(String name) {
    return switch (name) {
      case "small" -> of(name, shape(8192, 512, 8, 8, 4, 1408), 8, 256);
      case "smollm2-135m" -> of(name, shape(49152, 576, 30, 9, 3, 1536), 4, 256);
      case "vocab50k" -> of(name, shape(50_000, 512, 4, 8, 4, 1408), 8, 256);
      default -> throw new IllegalArgumentException("no configuration '" + name + "'");
    };
  }

  /** The shipped base with as many records as a step has records and anchors. */
  public static Workload shipped(DecoderConfig model, List<TokenSequence> records) {
    List<TokenSequence> batch = new ArrayList<>();
    for (int n = 0; n < SHIPPED_RECORDS; n++) {
      batch.add(records.get((int) ((long) n * records.size() / SHIPPED_RECORDS)));
    }
    return new Workload("shipped", model, batch);
  }

  /** Tokens that go through the model in one step. */
  public long tokens() {
    return batch.stream().mapToLong(s -> s.length() - 1).sum();
  }

  /**
   * Floating point operations of one step: 2 per matrix parameter and token forth, as many again
   * back (the base is frozen, so there are no gradients of its weights); the head's parameters
   * count for supervised tokens only; attention 2·T²·heads·size per layer and sequence forth
   * (causal half of scores and mix) and twice that back. Adapters, norms and the like count
   * nothing.
   */
  public double flops(BenchOrder.Kind kind) {
    double forth = 0;
    for (TokenSequence sequence : batch) {
      double tokens = sequence.length() - 1;
      double width = (double) model.heads() * model.headSize();
      forth += 2 * tokens * blockParameters() + 2.0 * sequence.responseTokens() * head();
      forth += attentionPasses(kind) * 2 * tokens * tokens * width * model.layers();
    }
    return kind == BenchOrder.Kind.TRAINER ? 2 * forth : forth;
  }

  /** Forth and twice back makes three; halved because {@link #flops} doubles everything. */
  private static double attentionPasses(BenchOrder.Kind kind) {
    return kind == BenchOrder.Kind.TRAINER ? 1.5 : 1;
  }

  private long blockParameters() {
    return model.layers()
        * model.linears().stream()
            .mapToLong(linear -> (long) model.inputs(linear) * model.outputs(linear))
            .sum();
  }

  private long head() {
    return (long) model.vocabulary() * model.hidden();
  }

  private static Workload of(String name, DecoderConfig model, int rows, int tokens) {
    Random random = new Random(7);
    List<TokenSequence> batch = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      batch.add(new TokenSequence(random.ints(tokens + 1, 3, model.vocabulary()).toArray(), 1));
    }
    return new Workload(name, model, batch);
  }

  private static DecoderConfig shape(
      int vocabulary, int hidden, int layers, int heads, int keyValueHeads, int intermediate) {
    int size = hidden / heads;
    return new DecoderConfig(
        vocabulary,
        hidden,
        layers,
        heads,
        keyValueHeads,
        size,
        intermediate,
        1e-5,
        Rotary.plain(1e4),
        512,
        true,
        1,
        List.of(2),
        Architecture.LLAMA);
  }
}
