package io.alluvium.streams.weigh;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The temperatures of a partition and the losses of their running epochs. Two stores, because the
 * sketch is 9 kB and changes once an epoch while the losses are at most 8 bytes times the epoch and
 * change with each record.
 */
final class Temperatures {
  static final String TEMPERATURE_STORE = "weigh-temperature";
  static final String EPOCH_STORE = "weigh-epoch";

  private static final byte FORMAT = 1;
  private static final int HEADER_BYTES = 1 + Long.BYTES + Double.BYTES;

  private final KeyValueStore<String, byte[]> temperatures;
  private final KeyValueStore<String, byte[]> epochs;

  Temperatures(ProcessingContext context) {
    this.temperatures = context.getStateStore(TEMPERATURE_STORE);
    this.epochs = context.getStateStore(EPOCH_STORE);
  }

  static StoreBuilder<?> store(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** The temperature for an example of this loss; the loss counts towards the next one. */
  Temperature next(String key, double loss, WeighConfig config) {
    byte[] stored = temperatures.get(key);
    Temperature current =
        stored == null
            ? Temperature.first(loss, config.minTemperature())
            : temperature(ByteBuffer.wrap(stored));
    double[] epoch = DoubleStream.concat(epoch(key), DoubleStream.of(loss)).toArray();
    if (epoch.length < current.epochLength(config.epochExamples())) {
      epochs.put(key, bytes(epoch));
    } else {
      temperatures.put(key, bytes(current.after(epoch, config.minTemperature())));
      epochs.put(key, bytes());
    }
    return current;
  }

  private DoubleStream epoch(String key) {
    byte[] stored = Objects.requireNonNullElse(epochs.get(key), bytes());
    double[] losses = new double[stored.length / Double.BYTES];
    ByteBuffer.wrap(stored).asDoubleBuffer().get(losses);
    return Arrays.stream(losses);
  }

  private static byte[] bytes(double... losses) {
    ByteBuffer buffer = ByteBuffer.allocate(losses.length * Double.BYTES);
    buffer.asDoubleBuffer().put(losses);
    return buffer.array();
  }

  private static byte[] bytes(Temperature temperature) {
    byte[] sketch = temperature.losses().toBytes();
    return ByteBuffer.allocate(HEADER_BYTES + sketch.length)
        .put(FORMAT)
        .putLong(temperature.version())
        .putDouble(temperature.nats())
        .put(sketch)
        .array();
  }

  private static Temperature temperature(ByteBuffer buffer) {
    byte format = buffer.get();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "store %s holds format %d, this build reads %d: reset the application's state"
              .formatted(TEMPERATURE_STORE, format, FORMAT));
    }
    long version = buffer.getLong();
    double nats = buffer.getDouble();
    byte[] sketch = new byte[buffer.remaining()];
    buffer.get(sketch);
    return new Temperature(version, nats, MedianSketch.fromBytes(sketch));
  }
}
