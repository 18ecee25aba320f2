package io.alluvium.streams.admit.suite;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.wire.Wire;
import io.alluvium.streams.wire.decode.Decoded;
import io.alluvium.streams.wire.decode.Decoder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The global table over the suites topic; like the one over policies. */
public final class SuiteTable extends ContextualProcessor<Bytes, byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(SuiteTable.class);
  private static final String STORE = "suites";
  private static final int LONGEST_RUN = 31;

  private final Decoder<SuiteItem> decoder;
  private final SuiteBook book;

  private SuiteTable(Decoder<SuiteItem> decoder, SuiteBook book) {
    this.decoder = decoder;
    this.book = book;
  }

  /**
   * Adds the table to a topology.
   *
   * @param topic the suites topic
   * @param wire reads its values
   * @param book what is kept up to date
   */
  public static void add(
      StreamsBuilder builder, Topic<SuiteItem> topic, Wire wire, SuiteBook book) {
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled(),
        topic.name(),
        Consumed.with(Serdes.Bytes(), Serdes.ByteArray()).withName(STORE + "-source"),
        () -> new SuiteTable(wire.decoder(topic), book));
  }

  /** The store keeps keys only: the book holds what is needed, and the topic is read again. */
  @Override
  public void process(Record<Bytes, byte[]> record) {
    KeyValueStore<Bytes, byte[]> store = context().getStateStore(STORE);
    if (record.key() == null) {
      LOG.warn("suite record {} is left out: it has no key", record.key());
      return;
    }
    if (record.value() == null) {
      store.delete(record.key());
      book.drop(new String(record.key().get(), StandardCharsets.UTF_8));
      return;
    }
    store.put(record.key(), new byte[0]);
    Decoded<SuiteItem> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Value<SuiteItem> known && isSound(known.value())) {
      book.take(known.value());
    } else {
      LOG.warn("suite record {} is left out: it cannot be an item", record.key());
    }
  }

  private static boolean isSound(SuiteItem item) {
    return item.getWords() >= 1 && item.getWords() <= LONGEST_RUN && !item.getGrams().isEmpty();
  }
}
