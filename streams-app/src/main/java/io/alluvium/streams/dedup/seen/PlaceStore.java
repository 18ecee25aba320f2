package io.alluvium.streams.dedup.seen;

import io.alluvium.streams.dedup.exact.Fingerprint;
import io.alluvium.streams.store.SharedLimit;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * In which block a fingerprint may be: in memory as long as there is room, then on disk. Whoever
 * asks looks into the block, so a place that is no longer true misleads nobody; what is on disk is
 * made again of the blocks at each start and needs no changelog.
 */
final class PlaceStore {
  private static final String STORE = "dedup-places";

  private final FingerprintIndex memory = new FingerprintIndex();
  private final KeyValueStore<Bytes, byte[]> disk;
  private final SharedLimit allowed;
  private boolean isDiskUsed;

  PlaceStore(ProcessingContext context, SharedLimit allowed) {
    this.disk = context.getStateStore(STORE);
    this.allowed = allowed;
  }

  static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  void add(Fingerprint fingerprint, long block) {
    if (memory.size() < allowed.share()) {
      memory.add(fingerprint, block);
    } else {
      isDiskUsed = true;
      disk.put(key(fingerprint), ByteBuffer.allocate(Long.BYTES).putLong(block).array());
    }
  }

  void remove(Fingerprint fingerprint, long block) {
    memory.remove(fingerprint, block);
    if (isDiskUsed && block == onDisk(fingerprint)) {
      disk.delete(key(fingerprint));
    }
  }

  /** Whether any block that the fingerprint may be in is one that is looked for. */
  boolean any(Fingerprint fingerprint, LongPredicate block) {
    return memory.any(fingerprint, block)
        || (isDiskUsed && onDisk(fingerprint) > 0 && block.test(onDisk(fingerprint)));
  }

  /** The newest; 0 for none. */
  private long onDisk(Fingerprint fingerprint) {
    byte[] block = disk.get(key(fingerprint));
    return block == null ? 0 : ByteBuffer.wrap(block).getLong();
  }

  private static Bytes key(Fingerprint fingerprint) {
    return Bytes.wrap(fingerprint.toBytes());
  }
}
