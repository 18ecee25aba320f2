package io.alluvium.trainer.claim.group;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What one poll brought. To be taken in this order: lost, gained, records, positions.
 *
 * @param lost partitions that were taken away since the last poll
 * @param gained partitions that were given, each with what the group committed of it, where its
 *     reading starts; its beginning where nothing was committed
 * @param records raw records, per partition in offset order
 * @param positions per partition the offset read next; beyond the last record where markers follow
 */
public record Polled(
    Set<Integer> lost,
    Map<Integer, OffsetAndMetadata> gained,
    List<ConsumerRecord<byte[], byte[]>> records,
    Map<Integer, Long> positions) {}
