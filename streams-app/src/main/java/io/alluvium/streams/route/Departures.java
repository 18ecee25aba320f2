package io.alluvium.streams.route;

import io.alluvium.streams.fate.Arrival;
import io.alluvium.streams.fate.Fate;
import io.alluvium.streams.fate.RawRecord;
import io.alluvium.streams.fate.Refusal;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.novelty.Candidate;
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
record Departures(Stage stage, ProcessorContext<Bytes, Fate<Candidate>> context) {

  void pass(Parcels.Parcel parcel) {
    pass(parcel.arrival(), parcel.timeMs());
  }

  void pass(Arrival<Candidate> arrival, long timeMs) {
    forward(stage.pass(arrival.value(), arrival.raw()), arrival.raw(), timeMs);
  }

  /** Lets one be seen that stays. */
  void show(Arrival<Candidate> arrival, long timeMs) {
    forward(new Fate.Passed<>(arrival), arrival.raw(), timeMs);
  }

  void refuse(Parcels.Parcel parcel, RouteReason reason, String detail) {
    refuse(parcel.arrival(), parcel.timeMs(), reason, detail);
  }

  void refuse(Arrival<Candidate> arrival, long timeMs, RouteReason reason, String detail) {
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

  private void forward(Fate<Candidate> fate, RawRecord raw, long timeMs) {
    context.forward(new Record<>(Objects.requireNonNull(raw.key()), fate, timeMs, raw.headers()));
  }
}
