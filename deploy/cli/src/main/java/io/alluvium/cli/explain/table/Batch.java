package io.alluvium.cli.explain.table;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** What is written at once. Closed after its write. */
public final class Batch implements AutoCloseable {
  private final WriteBatch batch = new WriteBatch();

  /** Adds a value. */
  public void put(Keys key, byte[] value) {
    try {
      batch.put(key.bytes(), value);
    } catch (RocksDBException full) {
      throw new IllegalStateException("a batch has no limits", full);
    }
  }

  /** How many values it holds. */
  public int size() {
    return batch.count();
  }

  WriteBatch batch() {
    return batch;
  }

  @Override
  public void close() {
    batch.close();
  }
}
