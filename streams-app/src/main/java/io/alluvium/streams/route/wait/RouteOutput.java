package io.alluvium.streams.route.wait;

import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.route.rule.RouteReason;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.StageResult;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.stage.record.RawRecord;
import io.alluvium.streams.stage.verdict.Refusal;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * How candidates leave this room, at once or after they waited.
 *
 * @param stage counts them
 * @param context forwards them
 */
public record RouteOutput(Stage stage, ProcessorContext<Bytes, StageResult<Candidate>> context) {

  /** Sends one on that waited. */
  public void pass(WaitingCodec.Waiting waiting) {
    pass(waiting.arrival(), waiting.timeMs());
  }

  /** Sends one on. */
  public void pass(Arrival<Candidate> arrival, long timeMs) {
    forward(stage.pass(arrival.value(), arrival.raw()), arrival.raw(), timeMs);
  }

  /** Lets one be seen that stays. */
  public void show(Arrival<Candidate> arrival, long timeMs) {
    forward(new StageResult.Passed<>(arrival), arrival.raw(), timeMs);
  }

  /** Refuses one that waited. */
  public void refuse(WaitingCodec.Waiting waiting, RouteReason reason, String detail) {
    refuse(waiting.arrival(), waiting.timeMs(), reason, detail);
  }

  /** Refuses one, under the policy of its log time. */
  public void refuse(Arrival<Candidate> arrival, long timeMs, RouteReason reason, String detail) {
    Candidate candidate = arrival.value();
    Stage.Known known =
        new Stage.Known(
            candidate.scored().getExample(),
            stage.policies().of(candidate.adapter(), arrival.raw().logTimeMs()));
    forward(
        stage.refuse(
            arrival.raw(), known, new Refusal(reason, detail), context.currentSystemTimeMs()),
        arrival.raw(),
        timeMs);
  }

  private void forward(StageResult<Candidate> result, RawRecord raw, long timeMs) {
    context.forward(new Record<>(Objects.requireNonNull(raw.key()), result, timeMs, raw.headers()));
  }
}
