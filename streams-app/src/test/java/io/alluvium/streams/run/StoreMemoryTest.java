package io.alluvium.streams.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

class StoreMemoryTest {
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
      new StoreMemory().setConfig("store", options, settings.originals());
      assertThat(options.writeBufferSize()).isEqualTo(3L << 20);
      assertThat(settings.getClass(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG))
          .isEqualTo(StoreMemory.class);
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
