package io.alluvium.cli.explain.follow;

import io.alluvium.cli.explain.fact.Facts;
import io.alluvium.cli.explain.fact.Place;
import io.alluvium.cli.explain.fact.Sighting;
import io.alluvium.cli.explain.fact.TrainingRecord;
import io.alluvium.cli.explain.fact.WindowOf;
import io.alluvium.cli.explain.index.IndexBatch;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.NoveltyClass;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What the index keeps of a record, by its type. Pure but for the batch. */
public record Intake(IndexBatch batch) {

  /** One that was sent. */
  public void sent(ConsumerRecord<String, byte[]> record, TrainingExample example) {
    seen(record, example, new Facts.Sent());
  }

  /** One that was accepted. */
  public void accepted(ConsumerRecord<String, byte[]> record, TrainingExample example) {
    seen(record, example, new Facts.Accepted());
  }

  /** One that was scored. */
  public void scored(ConsumerRecord<String, byte[]> record, ScoredExample scored) {
    Facts facts =
        new Facts.Scored(
            scored.getBaseLoss(),
            scored.getAdapterLoss(),
            scored.getAdapterVersion(),
            scored.getPromptTokens(),
            scored.getResponseTokens());
    seen(record, scored.getExample(), facts);
  }

  /** One that waits for an operator. */
  public void inReview(ConsumerRecord<String, byte[]> record, WeightedExample waiting) {
    seen(record, waiting.getScored().getExample(), new Facts.InReview());
  }

  /** One that was weighed. */
  public void weighed(ConsumerRecord<String, byte[]> record, WeightedExample weighted) {
    TrainingExample example = weighted.getScored().getExample();
    RecordOrigin replayOf = weighted.getReplayOf();
    NoveltyClass novelty = weighted.getNoveltyClass();
    Facts facts =
        new Facts.Weighed(
            weighted.getWeight(),
            weighted.getTemperature(),
            weighted.getNoveltyScore(),
            novelty == null ? null : novelty.name(),
            weighted.getLane(),
            weighted.getPolicyVersion(),
            replayOf == null ? null : Place.of(replayOf));
    seen(record, example, facts);
    String subject = example.getSubject();
    if (subject != null) {
      batch.subject(subject, example.getId(), sighting(record, example.getAdapter(), facts));
    }
    // As the trainer does: a record under a key that is not its adapter's belongs to none.
    if (example.getAdapter().equals(record.key())) {
      batch.training(
          example.getAdapter(),
          Place.of(record),
          new TrainingRecord(record.offset(), weighted.getWeight(), replayOf != null, novelty));
    }
  }

  /** One that was refused; without an id nobody can ask for it. */
  public void refused(ConsumerRecord<String, byte[]> record, Rejection rejection) {
    String id = rejection.getExampleId();
    if (id != null) {
      Facts facts =
          new Facts.Refused(
              rejection.getStage(), rejection.getReason(), Place.of(rejection.getOrigin()));
      batch.sighting(id, sighting(record, rejection.getAdapter(), facts));
    }
  }

  /** The end of a round. */
  public void version(ConsumerRecord<String, byte[]> record, AdapterVersion event) {
    batch.version(WindowOf.of(event), record.offset());
  }

  private void seen(ConsumerRecord<String, byte[]> record, TrainingExample example, Facts facts) {
    batch.sighting(example.getId(), sighting(record, example.getAdapter(), facts));
  }

  private static Sighting sighting(
      ConsumerRecord<String, byte[]> record, @Nullable String adapter, Facts facts) {
    return new Sighting(
        Objects.requireNonNullElse(adapter, ""), Place.of(record), record.timestamp(), facts);
  }
}
