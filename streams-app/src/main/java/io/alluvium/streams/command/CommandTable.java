package io.alluvium.streams.command;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.wire.Wire;
import io.alluvium.streams.wire.decode.Decoded;
import io.alluvium.streams.wire.decode.Decoder;
import java.util.Arrays;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the commands topic whole at each start and from then on. What cannot be read is logged and
 * left out: an order that nobody understands must not stop the examples.
 */
public final class CommandTable extends ContextualProcessor<Bytes, byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(CommandTable.class);
  private static final String STORE = "commands";

  private final Decoder<AdapterCommand> decoder;
  private final CommandBook book;

  private CommandTable(Decoder<AdapterCommand> decoder, CommandBook book) {
    this.decoder = decoder;
    this.book = book;
  }

  /** Adds the table to a topology. */
  public static void add(
      StreamsBuilder builder, Topic<AdapterCommand> topic, Wire wire, CommandBook book) {
    builder.addGlobalStore(
        store(),
        topic.name(),
        Consumed.with(Serdes.Bytes(), Serdes.ByteArray()).withName(STORE + "-source"),
        () -> new CommandTable(wire.decoder(topic), book));
  }

  /** In memory, so that every start reads the topic from its beginning. */
  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  @Override
  public void process(Record<Bytes, byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElseThrow();
    CommandBook.Place place = new CommandBook.Place(metadata.partition(), metadata.offset());
    book.stands(place, Arrays.hashCode(record.value()));
    if (record.value() == null) {
      LOG.warn("command record {} is left out: it has no value", record.key());
      return;
    }
    Decoded<AdapterCommand> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<AdapterCommand> known) {
      book.take(place, known.value());
    } else {
      LOG.warn(
          "command record {} is left out: {}",
          record.key(),
          ((Decoded.Failed<AdapterCommand>) decoded).detail());
    }
  }
}
