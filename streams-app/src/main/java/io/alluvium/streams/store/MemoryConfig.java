package io.alluvium.streams.store;

/**
 * Memory of all stores on disk together, outside the heap.
 *
 * @param cacheBytes blocks that were read, indexes and filters; write buffers are part of it
 * @param writeBuffersBytes what is written and not on disk yet, of all stores
 * @param writeBufferBytes the same of one store, after which it goes to disk
 */
public record MemoryConfig(long cacheBytes, long writeBuffersBytes, long writeBufferBytes) {
  private static final long LEAST_BYTES = 1L << 16;
  private static final long DEFAULT_CACHE = 32L << 20;
  private static final long DEFAULT_WRITE_BUFFERS = 16L << 20;
  private static final long DEFAULT_WRITE_BUFFER = 2L << 20;

  /** Checks that each part fits into the next. */
  public MemoryConfig {
    require(writeBufferBytes, "writeBufferBytes", LEAST_BYTES, "65536");
    require(writeBuffersBytes, "writeBuffersBytes", writeBufferBytes, "rocksdb.writeBufferBytes");
    require(cacheBytes, "cacheBytes", writeBuffersBytes, "rocksdb.writeBuffersBytes");
  }

  private static void require(long value, String key, long least, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          "rocksdb.%s is %d, must be at least %s".formatted(key, value, what));
    }
  }

  /** What a topology has that nobody configured. */
  static MemoryConfig byDefault() {
    return new MemoryConfig(DEFAULT_CACHE, DEFAULT_WRITE_BUFFERS, DEFAULT_WRITE_BUFFER);
  }
}
