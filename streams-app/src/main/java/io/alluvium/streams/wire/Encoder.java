package io.alluvium.streams.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Values to bytes. Confluent's own serializer writes the first value of each topic and schema, and
 * registers or looks up the schema as its settings say; when the same bytes come out here, later
 * values are written here, without asking its caches for each of them.
 *
 * <p>Safe for any thread: Kafka Streams shares a serializer among all of them.
 *
 * @param <V> the value type
 */
final class Encoder<V extends SpecificRecord> implements Serializer<V> {
  private static final int HEADER_BYTES = 5;
  private static final ThreadLocal<Page> PAGES = ThreadLocal.withInitial(Page::new);

  private final Serializer<V> genuine;
  private final Map<String, Known<V>> known = new ConcurrentHashMap<>();

  Encoder(Serializer<V> genuine) {
    this.genuine = genuine;
  }

  /** A schema whose values are written here. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Known<V>(Schema schema, byte[] header, SpecificDatumWriter<V> writer) {}

  /** What a thread writes on. */
  private static final class Page {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    private BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

    <V> byte[] written(Known<V> form, V value) {
      bytes.reset();
      bytes.writeBytes(form.header);
      // Made anew in place: a value that failed half way leaves nothing behind.
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      try {
        form.writer.write(value, encoder);
        encoder.flush();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
      return bytes.toByteArray();
    }
  }

  @Override
  public byte[] serialize(String topic, V value) {
    Known<V> form = known.get(topic);
    return form != null && form.schema.equals(value.getSchema())
        ? PAGES.get().written(form, value)
        : first(topic, value);
  }

  private byte[] first(String topic, V value) {
    byte[] bytes = genuine.serialize(topic, value);
    Schema schema = value.getSchema();
    Known<V> form =
        new Known<>(schema, Arrays.copyOf(bytes, HEADER_BYTES), new SpecificDatumWriter<>(schema));
    if (Arrays.equals(bytes, PAGES.get().written(form, value))) {
      known.put(topic, form);
    }
    return bytes;
  }

  @Override
  public void close() {
    genuine.close();
  }
}
