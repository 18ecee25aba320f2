package io.alluvium.trainer.finetune;

import ai.djl.pytorch.jni.NativeTensor;
import io.alluvium.trainer.base.Decoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Chooses each step's anchors and remembers the base's hidden states on them: the base never
 * changes, so an anchor costs one pass of the base in the life of the process.
 */
final class AnchorStates implements AutoCloseable {
  private static final long MAX_KEPT_BYTES = 256L << 20;

  private final Decoder decoder;
  private final Anchors anchors;
  private final int perBatch;
  private final Map<Integer, NativeTensor> kept = new HashMap<>();
  private long keptBytes;

  AnchorStates(Decoder decoder, Anchors anchors, int perBatch) {
    this.decoder = decoder;
    this.anchors = anchors;
    this.perBatch = Math.min(perBatch, anchors.size());
  }

  /** An order of all anchors for one round; steps walk through it in turn. */
  int[] order(long seed) {
    int[] order = new int[anchors.size()];
    Random random = new Random(seed);
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The anchors of one step of a round. */
  Step.Hold of(int[] order, int windowStep) {
    List<Integer> chosen = new ArrayList<>();
    for (int n = 0; n < perBatch; n++) {
      chosen.add(order[Math.floorMod(windowStep * perBatch + n, order.length)]);
    }
    forgetWhenFull();
    keep(chosen.stream().filter(index -> !kept.containsKey(index)).toList());
    return new Step.Hold(
        chosen.stream().map(this::inputs).toList(), chosen.stream().map(kept::get).toList());
  }

  @Override
  public void close() {
    kept.values().forEach(NativeTensor::close);
    kept.clear();
    keptBytes = 0;
  }

  private void forgetWhenFull() {
    if (keptBytes > MAX_KEPT_BYTES) {
      close();
    }
  }

  private void keep(List<Integer> missing) {
    if (missing.isEmpty()) {
      return;
    }
    List<NativeTensor> states = decoder.baseStates(missing.stream().map(this::inputs).toList());
    for (int n = 0; n < missing.size(); n++) {
      kept.put(missing.get(n), states.get(n));
      keptBytes += (long) Float.BYTES * inputs(missing.get(n)).length * decoder.config().hidden();
    }
  }

  private int[] inputs(int index) {
    int[] ids = anchors.ids(index);
    return Arrays.copyOf(ids, ids.length - 1);
  }
}
