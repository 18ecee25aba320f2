package io.alluvium.streams.policy;

import io.alluvium.schemas.Policy;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.streams.policy.document.PolicyException;
import io.alluvium.streams.watch.Watch;
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
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The global table over the policies topic. Every instance reads all of it, and all that was
 * written before its start before it processes the first record: Kafka Streams leads restored
 * records through this processor too. What cannot be a policy is counted, named in the log and left
 * out.
 */
public final class PolicyTable extends ContextualProcessor<Bytes, byte[], Void, Void> {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyTable.class);
  private static final String STORE = "policies";

  private final Decoder<Policy> decoder;
  private final PolicyBook book;
  private final Watch watch;

  private PolicyTable(Decoder<Policy> decoder, PolicyBook book, Watch watch) {
    this.decoder = decoder;
    this.book = book;
    this.watch = watch;
  }

  /**
   * Adds the table to a topology.
   *
   * @param topic the policies topic
   * @param wire reads its values
   * @param keeping what is kept up to date
   */
  public static void add(StreamsBuilder builder, Topic<Policy> topic, Wire wire, Keeping keeping) {
    keeping.watch.policyTaken();
    keeping.watch.policyRefused();
    builder.addGlobalStore(
        store(),
        topic.name(),
        Consumed.with(Serdes.Bytes(), Serdes.ByteArray()).withName(STORE + "-source"),
        () -> new PolicyTable(wire.decoder(topic), keeping.book, keeping.watch));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
        .withLoggingDisabled();
  }

  /**
   * What is kept up to date.
   *
   * @param book takes the policies
   * @param watch counts them
   */
  public record Keeping(PolicyBook book, Watch watch) {}

  @Override
  public void process(Record<Bytes, byte[]> record) {
    KeyValueStore<Bytes, byte[]> store = context().getStateStore(STORE);
    if (record.key() == null || record.value() == null) {
      refuse(record, "it has no key or no value");
    } else {
      store.put(record.key(), record.value());
      take(record);
    }
  }

  private void take(Record<Bytes, byte[]> record) {
    Decoded<Policy> decoded = decoder.decode(record.value());
    if (decoded instanceof Decoded.Failed<Policy> failed) {
      refuse(record, failed.detail());
      return;
    }
    Policy policy = ((Decoded.Value<Policy>) decoded).value();
    try {
      requireKey(record.key(), policy);
      announce(policy, book.take(policy));
    } catch (PolicyException impossible) {
      refuse(record, String.valueOf(impossible.getMessage()));
    }
  }

  private static void requireKey(Bytes key, Policy policy) {
    String expected = PolicyBook.key(policy);
    if (!new String(key.get(), StandardCharsets.UTF_8).equals(expected)) {
      throw new PolicyException("its key must be " + expected);
    }
  }

  private void announce(Policy policy, boolean added) {
    if (added) {
      watch.policyTaken().increment();
      LOG.info("policy {} in force from {}", PolicyBook.key(policy), policy.getEffectiveFrom());
    }
  }

  private void refuse(Record<Bytes, byte[]> record, String why) {
    watch.policyRefused().increment();
    LOG.warn("policy record {} is left out: {}", record.key(), why);
  }
}
