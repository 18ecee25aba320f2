package io.alluvium.trainer.finetune.step;

import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.SupervisedTokens;
import io.alluvium.trainer.finetune.anchor.AnchorBatch;
import io.alluvium.trainer.finetune.schedule.Batches;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.program.packing.Packing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What goes through the model at once: records of a batch, anchors, or both.
 *
 * @param items records
 * @param hold anchors
 */
record MicroBatch(List<TrainingItem> items, AnchorBatch hold) {

  /**
   * Cuts a batch and its anchors, in their order, records first.
   *
   * @param tokens most of a pass; 0 for all at once
   */
  static List<MicroBatch> of(List<TrainingItem> batch, AnchorBatch hold, int tokens) {
    if (tokens == 0) {
      return List.of(new MicroBatch(batch, hold));
    }
    List<MicroBatch> passes = new ArrayList<>();
    Batches limits = Batches.ofTokens(tokens);
    for (List<TrainingItem> items : limits.cut(batch, item -> item.tokens().length())) {
      passes.add(new MicroBatch(items, AnchorBatch.NONE));
    }
    List<Integer> all = IntStream.range(0, hold.inputs().size()).boxed().toList();
    for (List<Integer> some : limits.cut(all, n -> hold.inputs().get(n).length)) {
      passes.add(new MicroBatch(List.of(), hold.only(some)));
    }
    return passes;
  }

  /** The sequences, records first, laid out in rows. */
  Packing packing() {
    List<int[]> inputs =
        new ArrayList<>(sequences().stream().map(SupervisedTokens::inputs).toList());
    inputs.addAll(hold.inputs());
    return Packing.of(inputs);
  }

  List<TokenSequence> sequences() {
    return items.stream().map(TrainingItem::tokens).toList();
  }

  float[] weights() {
    float[] weights = new float[items.size()];
    for (int n = 0; n < weights.length; n++) {
      weights[n] = items.get(n).weight();
    }
    return weights;
  }

  /** Flat indices of all anchor positions, anchor by anchor. */
  long[] anchored(Packing packing) {
    long[] positions = new long[hold.positions()];
    int at = 0;
    for (int n = 0; n < hold.inputs().size(); n++) {
      int length = hold.inputs().get(n).length;
      long begin = packing.begins()[items.size() + n];
      for (int t = 0; t < length; t++) {
        positions[at++] = begin + t;
      }
    }
    return positions;
  }
}
