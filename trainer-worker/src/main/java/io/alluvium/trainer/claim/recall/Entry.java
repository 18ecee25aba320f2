package io.alluvium.trainer.claim.recall;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A readable record of the training topic.
 *
 * @param raw as it came
 * @param example what it decodes to
 */
public record Entry(ConsumerRecord<byte[], byte[]> raw, WeightedExample example) {
  private static final String NO_SOURCE = "no source";

  /** Where it stands. */
  public Place place() {
    return Place.of(raw);
  }

  /** The example's id. */
  public String id() {
    return sent().getId();
  }

  /** Whose it is. */
  public String adapter() {
    return sent().getAdapter();
  }

  /** Where it comes from, as its producer says, with its class where a label says so. */
  public String group() {
    String source = Objects.requireNonNullElse(sent().getSource(), NO_SOURCE);
    String type = sent().getLabels().get("class");
    return type == null ? source : source + "/" + type;
  }

  /** What the producer sent. */
  public TrainingExample sent() {
    return example.getScored().getExample();
  }
}
