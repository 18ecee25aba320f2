package io.alluvium.streams.replay.track;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.replay.sample.Pool;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RawRecord;
import io.alluvium.streams.wire.HeaderBytes;
import io.alluvium.streams.wire.decode.Decoded;
import io.alluvium.streams.wire.decode.Decoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The bytes of kept examples, as they came. */
public final class ContentStore {
  /** Its name. */
  public static final String STORE = "replay-examples";

  private final KeyValueStore<Bytes, byte[]> store;
  private final Decoder<ScoredExample> decoder;

  /** Over the store that {@link #store} made; the decoder reads what is kept. */
  public ContentStore(ProcessingContext context, Decoder<ScoredExample> decoder) {
    this.store = context.getStateStore(STORE);
    this.decoder = decoder;
  }

  /** On disk, changelogged. */
  public static StoreBuilder<?> store() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray());
  }

  /**
   * Where an example is kept.
   *
   * @param track base and adapter
   * @param pool its own past or general
   * @param slot in the reservoir
   */
  record Place(String track, Pool pool, int slot) {
    Bytes key() {
      byte[] name = track.getBytes(StandardCharsets.UTF_8);
      return Bytes.wrap(
          ByteBuffer.allocate(name.length + 2 + Short.BYTES)
              .put(name)
              .put((byte) 0)
              .put(pool.code())
              .putShort((short) slot)
              .array());
    }
  }

  void put(Place place, RawRecord raw) {
    byte[] value = Objects.requireNonNull(raw.value()).get();
    store.put(place.key(), HeaderBytes.before(value, raw.headers()));
  }

  void delete(Place place) {
    store.delete(place.key());
  }

  /** What is kept at a place, as if it arrived now; its raw record says where it first stood. */
  Arrival<Candidate> arrival(Place place, KeptExample kept, RawRecord now) {
    ByteBuffer from = ByteBuffer.wrap(bytes(place));
    Headers headers = HeaderBytes.read(from);
    byte[] bytes = HeaderBytes.rest(from);
    RecordOrigin origin =
        new RecordOrigin(now.origin().getTopic(), kept.partition(), kept.offset());
    return new Arrival<>(
        new Candidate(decoded(bytes, place), null, null, origin),
        RawRecord.of(now.key(), Bytes.wrap(bytes), origin, now.logTimeMs()).with(headers));
  }

  /** What is kept at a place. */
  ScoredExample scored(Place place) {
    ByteBuffer from = ByteBuffer.wrap(bytes(place));
    HeaderBytes.read(from);
    return decoded(HeaderBytes.rest(from), place);
  }

  private byte[] bytes(Place place) {
    return Objects.requireNonNull(store.get(place.key()), "kept, but without content");
  }

  private ScoredExample decoded(byte[] bytes, Place place) {
    if (decoder.decode(bytes) instanceof Decoded.Value<ScoredExample> known) {
      return known.value();
    }
    throw new IllegalStateException("what was decoded once cannot be decoded: " + place);
  }
}
