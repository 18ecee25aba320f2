package io.alluvium.cli.verify.finding;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Offsets of any number of partitions, about a bit each where they lie close together. */
public final class OffsetSet {
  private static final int BLOCK_BITS = 13;
  private static final int MASK = (1 << BLOCK_BITS) - 1;

  private final Map<String, Map<Long, BitSet>> partitions = new HashMap<>();

  /** Adds one, and says whether it was missing. */
  public boolean add(String topic, int partition, long offset) {
    BitSet block =
        partitions
            .computeIfAbsent(topic + "-" + partition, unseen -> new HashMap<>())
            .computeIfAbsent(offset >> BLOCK_BITS, unseen -> new BitSet());
    int bit = (int) (offset & MASK);
    boolean missing = !block.get(bit);
    block.set(bit);
    return missing;
  }

  /** Whether it is in. */
  public boolean contains(String topic, int partition, long offset) {
    BitSet block =
        partitions.getOrDefault(topic + "-" + partition, Map.of()).get(offset >> BLOCK_BITS);
    return block != null && block.get((int) (offset & MASK));
  }
}
