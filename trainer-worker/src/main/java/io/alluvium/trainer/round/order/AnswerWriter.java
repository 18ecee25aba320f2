package io.alluvium.trainer.round.order;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.AdapterState;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.OrderAnswer;
import io.alluvium.schemas.OrderGiven;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.VersionRange;
import io.alluvium.schemas.record.Carried;
import io.alluvium.trainer.publish.order.Flags;
import io.alluvium.trainer.publish.order.Order;
import io.alluvium.trainer.round.order.Finding.Possible;
import io.alluvium.trainer.round.outcome.Summaries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the log is told of answered orders. Pure.
 *
 * @param base the frozen model
 * @param build build of the worker
 */
public record AnswerWriter(BaseModel base, String build) {
  /** An ERASE order's argument for records of examples.accepted, as streams-app reads it. */
  private static final String ACCEPTED = "accepted:%d:%d-%d";

  /**
   * Where a rollback's event stands among the others.
   *
   * @param version its number
   * @param window an empty range of the partition whose count it is in
   * @param watermark offset that is committed with it
   */
  public record Seat(long version, OffsetRange window, long watermark) {}

  /** The event of a rollback. */
  public AdapterVersion event(Order order, Possible found, Seat seat, Instant now) {
    AdapterVersion target = found.target();
    AdapterCommand said = order.command();
    String reason = reason(order);
    String told =
        "version %d again, ordered by %s%s"
            .formatted(target.getVersion(), author(order), reason == null ? "" : ": " + reason);
    return AdapterVersion.newBuilder(target)
        .setVersion(seat.version())
        .setOutcome(Outcome.ROLLED_BACK)
        .setParentVersion(target.getVersion())
        .setTrainedFrom(null)
        .setHead(null)
        .setWindow(seat.window())
        .setWatermark(seat.watermark())
        .setHeldOut(List.of())
        .setCounts(new Counts(0L, 0L, 0L, 0L, 0L))
        .setVerdict(new GateVerdict(false, List.of(told), List.of()))
        .setWeights(Summaries.weights(List.of()))
        .setFreshness(Summaries.freshness(List.of(), Map.of(), now))
        .setOrder(new OrderGiven(said.getId(), author(order), said.getIssuedAt(), reason))
        .setQuarantined(found.quarantined())
        .setErasedBelow(0)
        .setBuild(build)
        .setCreatedAt(now)
        .build();
  }

  /** The state after a rollback; what others wrote into it is kept. */
  public AdapterState rolledBack(
      @Nullable AdapterState before, Order order, AdapterVersion event, Instant now) {
    AdapterState.Builder state = builder(before, event.getAdapter());
    List<OffsetRange> quarantined = new ArrayList<>(state.getQuarantined());
    quarantined.addAll(event.getQuarantined());
    return answered(state, order, now)
        .setCurrentVersion(event.getParentVersion())
        .setArtifactUri(Objects.requireNonNull(event.getArtifact()).getUri())
        .setBase(event.getBase())
        .setLastVersion(event.getVersion())
        .setQuarantined(quarantined)
        .setFlagged(again(state.getFlagged(), event).ranges())
        .setLastOrder(answer(order, now).setVersion(event.getVersion()).build())
        .build();
  }

  /** A rollback's event is flagged with the version that is current again. */
  private static Flags again(List<VersionRange> before, AdapterVersion event) {
    Flags flags = new Flags(before);
    return flags.hold(event.getParentVersion()) ? flags.and(event.getVersion()) : flags;
  }

  /** The state after an order to erase: its records are passed over from now on. */
  public AdapterState erased(
      @Nullable AdapterState before, String adapter, Order order, Instant now) {
    return answered(builder(before, adapter), order, now)
        .setLastOrder(answer(order, now).build())
        .build();
  }

  /** The state after an order to flag versions; one that names none that there are is refused. */
  public AdapterState flagged(@Nullable AdapterState before, Order order, Instant now) {
    AdapterState.Builder state = builder(before, order.command().getAdapter());
    String written = order.command().getArgument();
    Optional<Flags> flags =
        Flags.parse(written).filter(known -> known.areUpTo(state.getLastVersion()));
    if (flags.isEmpty()) {
      String why =
          "\"%s\" names no versions up to %d: write them as in 3-5,7"
              .formatted(written, state.getLastVersion());
      return refused(before, order, why, now);
    }
    return answered(state, order, now)
        .setFlagged(flags.get().and(state.getFlagged()).ranges())
        .setLastOrder(answer(order, now).build())
        .build();
  }

  /** The state after an order was refused. */
  public AdapterState refused(@Nullable AdapterState before, Order order, String why, Instant now) {
    return answered(builder(before, order.command().getAdapter()), order, now)
        .setLastOrder(answer(order, now).setRefusal(Carried.text(why)).build())
        .build();
  }

  /** The state after an order to pause or to resume. */
  public AdapterState paused(
      @Nullable AdapterState before, String adapter, Order order, Instant now) {
    boolean pauses = order.command().getCommand() == Command.PAUSE;
    return answered(builder(before, adapter), order, now)
        .setPaused(pauses)
        .setPausedSince(pauses ? order.command().getIssuedAt() : null)
        .setPausedBy(pauses ? author(order) : null)
        .setLastOrder(answer(order, now).build())
        .build();
  }

  /** Orders to streams-app: what it keeps of examples that go out of use it must not replay. */
  public List<AdapterCommand> erasures(Order order, Possible found, Instant now) {
    return found.origins().stream().map(range -> erasure(order, range, now)).toList();
  }

  private static AdapterCommand erasure(Order order, OffsetRange range, Instant now) {
    AdapterCommand said = order.command();
    return AdapterCommand.newBuilder()
        .setId("%s/%s-%d".formatted(said.getId(), range.getTopic(), range.getPartition()))
        .setAdapter(said.getAdapter())
        .setCommand(Command.ERASE)
        .setArgument(
            ACCEPTED.formatted(range.getPartition(), range.getFirstOffset(), range.getNextOffset()))
        .setIssuedBy(author(order))
        .setIssuedAt(now)
        .setReason("rollback " + said.getId())
        .build();
  }

  private AdapterState.Builder builder(@Nullable AdapterState before, String adapter) {
    return before == null
        ? AdapterState.newBuilder()
            .setAdapter(adapter)
            .setBase(base)
            .setLastVersion(0)
            .setQuarantined(List.of())
            .setFlagged(List.of())
        : AdapterState.newBuilder(before);
  }

  private static AdapterState.Builder answered(
      AdapterState.Builder state, Order order, Instant now) {
    return state.setOrdersBelow(order.offset() + 1).setUpdatedAt(now);
  }

  private static OrderAnswer.Builder answer(Order order, Instant now) {
    return OrderAnswer.newBuilder()
        .setId(order.command().getId())
        .setCommand(order.command().getCommand())
        .setIssuedBy(author(order))
        .setAnsweredAt(now);
  }

  private static String author(Order order) {
    return Carried.text(order.command().getIssuedBy());
  }

  private static @Nullable String reason(Order order) {
    String reason = order.command().getReason();
    return reason == null ? null : Carried.text(reason);
  }
}
