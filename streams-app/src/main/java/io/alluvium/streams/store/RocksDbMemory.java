package io.alluvium.streams.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One block cache and one write buffer budget for all RocksDB instances of the process; Kafka's
 * default is about 50 MB for each, and a window store has three per partition.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
  private static final String KEY = "alluvium.rocksdb";

  /**
   * Taken by a store for its first entry, and counted against the budget. RocksDB's own choice is
   * an eighth of the write buffer: with that, some dozen stores use the budget up while they are
   * nearly empty, and from then on every single write goes to disk.
   */
  private static final long FIRST_BYTES = 4096;

  /** Processes have one; tests may have several. */
  private static final Map<MemoryConfig, Shared> BUDGETS = new ConcurrentHashMap<>();

  /** For Kafka Streams, which makes one by reflection. */
  public RocksDbMemory() {}

  /** Under which key among Kafka's settings the budget stands, as this class finds it. */
  public static Map<String, Object> setting(MemoryConfig config) {
    return Map.of(KEY, config);
  }

  private record Shared(Cache cache, WriteBufferManager writeBuffers) {
    static Shared of(MemoryConfig config) {
      RocksDB.loadLibrary();
      Cache cache = new LRUCache(config.cacheBytes());
      return new Shared(cache, new WriteBufferManager(config.writeBuffersBytes(), cache));
    }
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    MemoryConfig config =
        configs.get(KEY) instanceof MemoryConfig given ? given : MemoryConfig.byDefault();
    Shared shared = BUDGETS.computeIfAbsent(config, Shared::of);
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(shared.cache());
    table.setCacheIndexAndFilterBlocks(true);
    options.setWriteBufferManager(shared.writeBuffers());
    options.setWriteBufferSize(config.writeBufferBytes());
    options.setArenaBlockSize(FIRST_BYTES);
    options.setTableFormatConfig(table);
  }

  /** Nothing to close: cache and budget belong to the process. */
  @Override
  public void close(String storeName, Options options) {}
}
