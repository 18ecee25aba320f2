package io.alluvium.streams.hold;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.stage.record.RawRecord;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * What is known of a kept example without its bytes. Pure. Its written form is for ever: states and
 * what waits elsewhere hold it.
 *
 * @param key of the reservoir; the largest stay
 * @param size bytes of the record's value
 * @param uses how often it was replayed
 * @param id hash of its id
 * @param subject hash of its subject; 0 for nobody's
 * @param partition where it stands
 * @param offset where it stands
 * @param logTimeMs when it was kept
 */
public record KeptExample(
    double key,
    int size,
    int uses,
    long id,
    long subject,
    int partition,
    long offset,
    long logTimeMs) {
  /** Size of {@link #write}. */
  public static final int BYTES = 5 * Long.BYTES + 3 * Integer.BYTES;

  /** By where they stand; a track's records stand in one partition. */
  public static final Comparator<KeptExample> OLDEST_FIRST =
      Comparator.comparingLong(KeptExample::logTimeMs).thenComparingLong(KeptExample::offset);

  /** An example of this rank that was never used. */
  public static KeptExample of(TrainingExample example, RawRecord raw, double key) {
    String subject = example.getSubject();
    return new KeptExample(
        key,
        raw.valueBytes(),
        0,
        StableHash.of(example.getId()),
        subject == null ? 0 : StableHash.of(subject),
        raw.origin().getPartition(),
        raw.origin().getOffset(),
        raw.logTimeMs());
  }

  /** The same after one more use. */
  public KeptExample used() {
    return new KeptExample(key, size, uses + 1, id, subject, partition, offset, logTimeMs);
  }

  /** Writes everything. */
  public void write(ByteBuffer to) {
    to.putDouble(key).putInt(size).putInt(uses).putLong(id).putLong(subject);
    to.putInt(partition).putLong(offset).putLong(logTimeMs);
  }

  /** Reads what {@link #write} wrote. */
  public static KeptExample read(ByteBuffer from) {
    return new KeptExample(
        from.getDouble(),
        from.getInt(),
        from.getInt(),
        from.getLong(),
        from.getLong(),
        from.getInt(),
        from.getLong(),
        from.getLong());
  }
}
