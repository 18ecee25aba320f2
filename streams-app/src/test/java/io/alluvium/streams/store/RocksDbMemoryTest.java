package io.alluvium.streams.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.streams.run.StreamsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class RocksDbMemoryTest {
  private static final int STORES = 40;

  @Test
  void storesTakeTheConfiguredBudgetThroughKafkasSettings() {
    RocksDB.loadLibrary();
    StreamsConfig settings =
        StreamsSettings.of(
            "app",
            Path.of("state"),
            Map.of("bootstrap.servers", "none:1"),
            new MemoryConfig(9L << 20, 5L << 20, 3L << 20));
    try (Options options = new Options()) {
      options.setTableFormatConfig(new BlockBasedTableConfig());
      new RocksDbMemory().setConfig("store", options, settings.originals());
      assertThat(options.writeBufferSize()).isEqualTo(3L << 20);
      assertThat(settings.getClass(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG))
          .isEqualTo(RocksDbMemory.class);
    }
  }

  @Test
  void manyStoresThatHoldLittleDoNotUseTheBudgetUpAndWriteToDiskEachTime(@TempDir Path folder)
      throws RocksDBException {
    RocksDB.loadLibrary();
    MemoryConfig config = new MemoryConfig(4L << 20, 1L << 20, 1L << 19);
    List<AutoCloseable> open = new ArrayList<>();
    try {
      List<RocksDB> stores = new ArrayList<>();
      for (int number = 0; number < STORES; number++) {
        Options options = new Options().setCreateIfMissing(true);
        open.add(options);
        options.setTableFormatConfig(new BlockBasedTableConfig());
        new RocksDbMemory().setConfig("store", options, RocksDbMemory.setting(config));
        RocksDB store = RocksDB.open(options, folder.resolve("" + number).toString());
        open.add(0, store);
        stores.add(store);
      }
      for (int round = 0; round < 3; round++) {
        for (RocksDB store : stores) {
          store.put(new byte[] {(byte) round}, new byte[1500]);
        }
      }
      for (RocksDB store : stores) {
        assertThat(store.getLongProperty("rocksdb.num-immutable-mem-table")).isZero();
        assertThat(store.getProperty("rocksdb.num-files-at-level0")).isEqualTo("0");
      }
    } finally {
      open.forEach(RocksDbMemoryTest::close);
    }
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Test
  void eachPartMustFitIntoTheNext() {
    assertThatThrownBy(() -> new MemoryConfig(1L << 20, 1L << 20, 1000))
        .hasMessage("rocksdb.writeBufferBytes is 1000, must be at least 65536");
    assertThatThrownBy(() -> new MemoryConfig(1L << 20, 1L << 19, 1L << 20))
        .hasMessage(
            "rocksdb.writeBuffersBytes is 524288, must be at least rocksdb.writeBufferBytes");
    assertThatThrownBy(() -> new MemoryConfig(1L << 20, 1L << 21, 1L << 20))
        .hasMessage("rocksdb.cacheBytes is 1048576, must be at least rocksdb.writeBuffersBytes");
  }
}
