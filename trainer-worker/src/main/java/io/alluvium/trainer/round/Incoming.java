package io.alluvium.trainer.round;

import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Reading;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the training topic.
 *
 * @param raw as it came
 * @param reading what it decodes to
 * @param arrived when it was polled
 */
public record Incoming(
    ConsumerRecord<byte[], byte[]> raw, Reading<WeightedExample> reading, Instant arrived) {

  /** Prompt and response tokens as stamped on the record; 0 where it cannot be read. */
  public int tokens() {
    return reading instanceof Reading.Decoded<WeightedExample> readable
        ? readable.value().getScored().getPromptTokens()
            + readable.value().getScored().getResponseTokens()
        : 0;
  }
}
