package io.alluvium.streams.wire.decode;

import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;

/**
 * Values of one writer's schema by Avro alone, without asking the registry's caches for each of
 * them. Belongs to one thread.
 *
 * @param <V> the value type
 */
final class PlainReader<V> {
  private final Class<V> type;
  private final SpecificDatumReader<V> reader;
  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);

  PlainReader(Class<V> type, Schema writer, Schema reader) {
    this.type = type;
    this.reader = new SpecificDatumReader<>(writer, reader);
  }

  /** The value behind a header; empty for bytes that are broken. */
  Optional<Decoded.Value<V>> value(byte[] bytes, int headerBytes) {
    decoder =
        DecoderFactory.get().binaryDecoder(bytes, headerBytes, bytes.length - headerBytes, decoder);
    try {
      V value = type.cast(reader.read(null, decoder));
      return Optional.of(new Decoded.Value<>(value, decoder.inputStream().available()));
    } catch (IOException | RuntimeException broken) {
      return Optional.empty();
    }
  }
}
