package io.alluvium.cli.explain.table;

import io.alluvium.cli.fault.FileFault;
import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteOptions;

/** RocksDB with one column family: a batch is in it whole or not at all. */
public final class Table implements AutoCloseable {
  private static final long WRITE_BUFFER_BYTES = 32L << 20;
  private static final int BLOOM_BITS = 10;

  private final Path folder;
  private final Options options;
  private final RocksDB rocks;

  /**
   * A value, and what of its key stands behind the prefix that was asked for.
   *
   * @param rest of the key
   */
  public record Found(ByteBuffer rest, ByteBuffer value) {}

  private Table(Path folder, Options options, RocksDB rocks) {
    this.folder = folder;
    this.options = options;
    this.rocks = rocks;
  }

  /**
   * Opens a table, an empty one where there is none.
   *
   * @throws CommandException when the folder cannot be used, or another process has it
   */
  public static Table open(Path folder) {
    RocksDB.loadLibrary();
    Options options = options();
    try {
      Files.createDirectories(folder);
      return new Table(folder, options, RocksDB.open(options, folder.toString()));
    } catch (IOException denied) {
      options.close();
      throw CommandException.usage(
          "the index folder %s cannot be made (%s): name another with --index"
              .formatted(folder, FileFault.words(denied)),
          denied);
    } catch (RocksDBException refused) {
      options.close();
      throw unopened(folder, refused);
    }
  }

  private static Options options() {
    BlockBasedTableConfig blocks =
        new BlockBasedTableConfig().setFilterPolicy(new BloomFilter(BLOOM_BITS));
    return new Options()
        .setCreateIfMissing(true)
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setTableFormatConfig(blocks);
  }

  private static CommandException unopened(Path folder, RocksDBException refused) {
    String words = words(refused);
    return CommandException.failed(
        isLock(refused)
            ? "the index %s is in use by another command: wait for its end, or name another folder with --index"
                .formatted(folder)
            : "the index %s cannot be opened (%s): remove the folder, it is built again"
                .formatted(folder, words),
        refused);
  }

  /** Whether a table could not be opened because somebody else has it, who will let it go. */
  public static boolean isInUse(Throwable failure) {
    return failure.getCause() instanceof RocksDBException refused && isLock(refused);
  }

  private static boolean isLock(RocksDBException refused) {
    Status status = refused.getStatus();
    return status != null
        && status.getCode() == Status.Code.IOError
        && words(refused).contains("lock");
  }

  private static String words(RocksDBException refused) {
    return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
  }

  /** A value by its key. */
  public Optional<ByteBuffer> get(Keys key) {
    try {
      return Optional.ofNullable(rocks.get(key.bytes())).map(ByteBuffer::wrap);
    } catch (RocksDBException unreadable) {
      throw broken(unreadable);
    }
  }

  /** Writes all of it or nothing. */
  public void write(Batch batch) {
    try (WriteOptions usual = new WriteOptions()) {
      rocks.write(usual, batch.batch());
    } catch (RocksDBException refused) {
      throw broken(refused);
    }
  }

  /** The first value at or behind a key, among those whose keys begin alike. */
  public Optional<Found> atOrAfter(byte[] from, byte[] prefix) {
    try (RocksIterator iterator = rocks.newIterator()) {
      iterator.seek(from);
      return found(iterator, prefix);
    }
  }

  /** The last value of those whose keys begin alike. */
  public Optional<Found> last(byte[] prefix) {
    byte[] behind = Arrays.copyOf(prefix, prefix.length + Long.BYTES + 1);
    Arrays.fill(behind, prefix.length, behind.length, (byte) 0xFF);
    try (RocksIterator iterator = rocks.newIterator()) {
      iterator.seekForPrev(behind);
      return found(iterator, prefix);
    }
  }

  /**
   * Hands over values in the order of keys.
   *
   * @param from where to begin
   * @param prefix what all keys begin with
   * @param taker takes values, and says whether it goes on
   */
  public void range(byte[] from, byte[] prefix, Predicate<Found> taker) {
    try (RocksIterator iterator = rocks.newIterator()) {
      iterator.seek(from);
      Optional<Found> next = found(iterator, prefix);
      while (next.isPresent() && taker.test(next.get())) {
        iterator.next();
        next = found(iterator, prefix);
      }
    }
  }

  private Optional<Found> found(RocksIterator iterator, byte[] prefix) {
    if (!iterator.isValid()) {
      checked(iterator);
      return Optional.empty();
    }
    byte[] key = iterator.key();
    return Keys.begins(key, prefix)
        ? Optional.of(new Found(Keys.rest(key, prefix), ByteBuffer.wrap(iterator.value())))
        : Optional.empty();
  }

  private void checked(RocksIterator iterator) {
    try {
      iterator.status();
    } catch (RocksDBException unreadable) {
      throw broken(unreadable);
    }
  }

  private CommandException broken(RocksDBException fault) {
    return CommandException.failed(
        "the index %s cannot be used (%s): make space, or remove the folder, it is built again"
            .formatted(folder, fault.getMessage()),
        fault);
  }

  @Override
  public void close() {
    rocks.close();
    options.close();
  }
}
