package io.alluvium.trainer.round.outcome;

import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.publish.Rejections.Claimant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that is not used.
 *
 * @param raw as it came
 * @param claimant whose it is, where that can be read
 * @param refusal why
 */
public record RefusedRecord(
    ConsumerRecord<byte[], byte[]> raw, Claimant claimant, Refusal refusal) {}
