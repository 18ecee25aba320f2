package io.alluvium.trainer.need;

import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.HfFolder.Located;
import io.alluvium.trainer.model.folder.WeightSlot;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.model.tensor.TensorEntry;
import io.alluvium.trainer.program.device.DataType;
import io.alluvium.trainer.program.weights.DecoderWeights;
import io.alluvium.trainer.program.weights.Held;
import java.io.IOException;

/**
 * Memory of a base's weights on a CPU.
 *
 * @param mapped those that are used as the file holds them: pages of the file, which processes
 *     share
 * @param own those that each process converts for itself
 * @param held whether those of the file are made wide for each product
 */
public record WeightBytes(long mapped, long own, Held held) {

  /**
   * Looks at the headers of a folder's weights.
   *
   * @param type in which they are wanted
   * @throws IOException when a weight is not there
   */
  public static WeightBytes of(HfFolder folder, DataType type) throws IOException {
    Held held = DecoderWeights.held(folder, type);
    long mapped = 0;
    long own = 0;
    for (WeightSlot slot : WeightSlot.all(folder.config())) {
      Located place = folder.find(slot);
      TensorEntry entry = place.file().entry(place.name());
      Dtype wanted = DecoderWeights.inMemory(slot, entry, type, held);
      boolean asItIs =
          entry.dtype() == wanted && entry.beginByte() % entry.dtype().widthBytes() == 0;
      long bytes = entry.elements() * wanted.widthBytes();
      mapped += asItIs ? bytes : 0;
      own += asItIs ? 0 : bytes;
    }
    return new WeightBytes(mapped, own, held);
  }
}
