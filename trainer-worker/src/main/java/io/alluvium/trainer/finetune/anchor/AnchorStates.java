package io.alluvium.trainer.finetune.anchor;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.adapter.LoraWeights;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Chooses each step's anchors and remembers the base's last hidden states on them: the base never
 * changes, so an anchor that finds room costs one pass of the base in the life of the process. Of a
 * position hidden values are kept in the type of the head's weights, not logits, so room does not
 * depend on the vocabulary and the base's distribution is exact.
 *
 * <p>Rounding depends on what is computed together, so each anchor is computed alone: what is
 * remembered, and what a process has seen before, changes no bit.
 */
public final class AnchorStates implements AutoCloseable {
  private final Decoder decoder;
  private final Anchors anchors;
  private final AnchorConfig config;
  private final @Nullable LoraWeights adapter;
  private final Map<Integer, NativeTensor> kept = new HashMap<>();
  private final List<NativeTensor> passing = new ArrayList<>();
  private long keptBytes;

  /**
   * States on the anchors of one base.
   *
   * @param decoder the base; it outlives this
   * @param config how many anchors a step has, and how much memory is for what is remembered
   */
  public AnchorStates(Decoder decoder, Anchors anchors, AnchorConfig config) {
    this(decoder, anchors, config, null);
  }

  /**
   * States of an adapter of that base instead of the base's own.
   *
   * @param adapter it outlives this, unchanged; null for the base alone
   */
  public AnchorStates(
      Decoder decoder, Anchors anchors, AnchorConfig config, @Nullable LoraWeights adapter) {
    this.decoder = decoder;
    this.anchors = anchors;
    this.config = config;
    this.adapter = adapter;
  }

  /**
   * The same with the default memory, in steps of so many.
   *
   * @param perBatch anchors of a step
   */
  public AnchorStates(Decoder decoder, Anchors anchors, int perBatch) {
    this(decoder, anchors, new AnchorConfig(null, 0, decoder.maxTokens(), perBatch, 1));
  }

  /** An order of all anchors for one round; steps walk through it in turn. */
  public int[] order(long seed) {
    int[] order = new int[anchors.size()];
    Random random = new Random(seed);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The anchors of one step of a round, whatever its tokens; valid until the next call. */
  public AnchorBatch of(int[] order, int windowStep) {
    return of(order, windowStep, Double.POSITIVE_INFINITY);
  }

  /**
   * The same, as many as the ratio allows.
   *
   * @param batchTokens tokens of a full batch of the round
   */
  public AnchorBatch of(int[] order, int windowStep, double batchTokens) {
    return batch(chosen(order, windowStep, batchTokens));
  }

  /** Given anchors, by number; valid until the next call. */
  public AnchorBatch batch(List<Integer> chosen) {
    forgetPassing();
    List<int[]> inputs = new ArrayList<>();
    List<NativeTensor> states = new ArrayList<>();
    for (int index : chosen) {
      inputs.add(inputs(index));
      states.add(state(index));
    }
    return new AnchorBatch(inputs, states);
  }

  /** Memory of what is remembered. */
  public long keptBytes() {
    return keptBytes;
  }

  @Override
  public void close() {
    forgetPassing();
    kept.values().forEach(NativeTensor::close);
    kept.clear();
    keptBytes = 0;
  }

  /** The numbers of a step's anchors, when they come in turn. */
  public List<Integer> chosen(int[] order, int windowStep, double batchTokens) {
    double mostTokens = config.tokenRatio() * batchTokens;
    int perBatch = Math.min(config.perBatch(), anchors.size());
    List<Integer> chosen = new ArrayList<>();
    long tokens = 0;
    for (int n = 0; n < perBatch; n++) {
      int place = Math.floorMod((long) windowStep * perBatch + n, anchors.size());
      int index = order[place];
      tokens += anchors.ids(index).length;
      if (n > 0 && tokens > mostTokens) {
        break;
      }
      chosen.add(index);
    }
    return chosen;
  }

  private NativeTensor state(int index) {
    NativeTensor known = kept.get(index);
    return known == null ? made(index) : known;
  }

  private NativeTensor made(int index) {
    NativeTensor state = decoder.states(List.of(inputs(index)), adapter).get(0);
    long bytes = state.bytes();
    if (keptBytes + bytes <= config.keepBytes()) {
      kept.put(index, state);
      keptBytes += bytes;
    } else {
      passing.add(state);
    }
    return state;
  }

  private void forgetPassing() {
    passing.forEach(NativeTensor::close);
    passing.clear();
  }

  private int[] inputs(int index) {
    int[] ids = anchors.ids(index);
    return Arrays.copyOf(ids, ids.length - 1);
  }
}
