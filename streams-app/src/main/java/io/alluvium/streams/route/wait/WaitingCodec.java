package io.alluvium.streams.route.wait;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RawRecord;
import io.alluvium.streams.wire.HeaderBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;

/**
 * Candidates as bytes and back. What is read back carries a raw value that says the same as the one
 * that came, for whoever refuses it and whoever sends it in again.
 */
public final class WaitingCodec {
  private static final int HEADER_BYTES = 3 * Long.BYTES + Integer.BYTES;

  private final Form<WeightedExample> drafts;
  private final Form<ScoredExample> scored;

  /**
   * How values of a topic are written.
   *
   * @param topic the topic
   * @param serde its values
   */
  public record Form<V extends org.apache.avro.specific.SpecificRecord>(
      Topic<V> topic, Serde<V> serde) {}

  /**
   * Writes and reads by these.
   *
   * @param drafts candidates
   * @param scored raw values
   */
  public WaitingCodec(Form<WeightedExample> drafts, Form<ScoredExample> scored) {
    this.drafts = drafts;
    this.scored = scored;
  }

  /**
   * One that waits.
   *
   * @param arrival the candidate and its raw record
   * @param timeMs the record's timestamp
   */
  public record Waiting(Arrival<Candidate> arrival, long timeMs) {
    Waiting on(String lane) {
      return new Waiting(new Arrival<>(arrival.value().on(lane), arrival.raw()), timeMs);
    }
  }

  /** Bytes of one that waits: times, origin, headers, candidate. */
  public byte[] written(Waiting waiting) {
    RawRecord raw = waiting.arrival().raw();
    byte[] draft =
        drafts
            .serde()
            .serializer()
            .serialize(drafts.topic().name(), waiting.arrival().value().draft());
    byte[] headed = HeaderBytes.before(draft, raw.headers());
    return ByteBuffer.allocate(HEADER_BYTES + headed.length)
        .putLong(waiting.timeMs())
        .putLong(raw.logTimeMs())
        .putLong(raw.origin().getOffset())
        .putInt(raw.origin().getPartition())
        .put(headed)
        .array();
  }

  Waiting read(byte[] written) {
    ByteBuffer from = ByteBuffer.wrap(written);
    long timeMs = from.getLong();
    long logTimeMs = from.getLong();
    long offset = from.getLong();
    int partition = from.getInt();
    Headers headers = HeaderBytes.read(from);
    byte[] draft = HeaderBytes.rest(from);
    Candidate candidate =
        Candidate.of(drafts.serde().deserializer().deserialize(drafts.topic().name(), draft));
    byte[] value = scored.serde().serializer().serialize(scored.topic().name(), candidate.scored());
    Bytes key = Bytes.wrap(candidate.adapter().getBytes(StandardCharsets.UTF_8));
    RecordOrigin origin = new RecordOrigin(scored.topic().name(), partition, offset);
    RawRecord raw = RawRecord.of(key, Bytes.wrap(value), origin, logTimeMs).with(headers);
    return new Waiting(new Arrival<>(candidate, raw), timeMs);
  }
}
