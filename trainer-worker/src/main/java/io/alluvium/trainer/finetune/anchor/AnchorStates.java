package io.alluvium.trainer.finetune.anchor;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.base.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Chooses each step's anchors and remembers the base's hidden states on them: the base never
 * changes, so an anchor costs one pass of the base in the life of the process.
 *
 * <p>Rounding depends on what is computed together, so anchors are always computed in the same
 * groups, whatever a process has seen before. Where all of them would take too much memory nothing
 * is remembered and each step computes its own group.
 */
public final class AnchorStates implements AutoCloseable {
  private static final long MAX_KEPT_BYTES = 256L << 20;
  private static final int GROUP = 32;

  private final Decoder decoder;
  private final Anchors anchors;
  private final int perBatch;
  private final boolean remember;
  private final Map<Integer, NativeTensor> kept = new HashMap<>();

  /**
   * States on the anchors of one base.
   *
   * @param decoder the base; it outlives this
   * @param perBatch anchors of a step
   */
  public AnchorStates(Decoder decoder, Anchors anchors, int perBatch) {
    this(decoder, anchors, perBatch, MAX_KEPT_BYTES);
  }

  /**
   * The same within a bound of memory.
   *
   * @param maxKeptBytes above which nothing is remembered
   */
  public AnchorStates(Decoder decoder, Anchors anchors, int perBatch, long maxKeptBytes) {
    this.decoder = decoder;
    this.anchors = anchors;
    this.perBatch = Math.min(perBatch, anchors.size());
    this.remember = bytes() <= maxKeptBytes;
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

  /** The anchors of one step of a round; valid until the next call. */
  public Hold of(int[] order, int windowStep) {
    List<Integer> chosen = new ArrayList<>();
    for (int n = 0; n < perBatch; n++) {
      chosen.add(order[Math.floorMod((long) windowStep * perBatch + n, order.length)]);
    }
    if (remember) {
      chosen.stream().filter(index -> !kept.containsKey(index)).forEach(this::keepGroupOf);
    } else {
      close();
      keep(chosen);
    }
    return new Hold(
        chosen.stream().map(this::inputs).toList(), chosen.stream().map(kept::get).toList());
  }

  @Override
  public void close() {
    kept.values().forEach(NativeTensor::close);
    kept.clear();
  }

  private void keepGroupOf(int index) {
    if (!kept.containsKey(index)) {
      int first = index / GROUP * GROUP;
      int end = Math.min(first + GROUP, anchors.size());
      keep(IntStream.range(first, end).boxed().toList());
    }
  }

  private void keep(List<Integer> indices) {
    if (indices.isEmpty()) {
      return;
    }
    List<NativeTensor> states = decoder.baseStates(indices.stream().map(this::inputs).toList());
    for (int n = 0; n < indices.size(); n++) {
      kept.put(indices.get(n), states.get(n));
    }
  }

  private long bytes() {
    long positions = IntStream.range(0, anchors.size()).mapToLong(i -> inputs(i).length).sum();
    return positions * decoder.config().hidden() * Float.BYTES;
  }

  private int[] inputs(int index) {
    int[] ids = anchors.ids(index);
    return Arrays.copyOf(ids, ids.length - 1);
  }
}
