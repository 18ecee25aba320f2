package io.alluvium.streams.route.wait;

import io.alluvium.schemas.AdapterCommand;
import io.alluvium.schemas.Command;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.streams.command.Obedience;
import io.alluvium.streams.hold.Erasure;
import io.alluvium.streams.hold.ErasureBook;
import io.alluvium.streams.hold.ErasureBook.Entry;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.route.rule.LaneRule;
import io.alluvium.streams.route.rule.RouteReason;
import io.alluvium.streams.route.wait.WaitingStore.Place;
import io.alluvium.streams.route.wait.WaitingStore.Queue;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What operators and time decide of what waits. An order is obeyed once; one that erases for
 * everybody goes through some adapters at each look, and on where it was after a restart.
 *
 * @param store what waits
 * @param codec how it is read
 * @param output how it leaves
 * @param orders which orders are new
 * @param book orders to erase
 */
public record WaitingCandidates(
    WaitingStore store,
    WaitingCodec codec,
    RouteOutput output,
    Obedience orders,
    ErasureBook book) {
  private static final int ORDERS_A_LOOK = 200;

  /** Adapters and candidates that one look may go through. */
  private static final int WORK_A_LOOK = 2_000;

  /** Obeys new orders and goes on with those that are not obeyed to their end. */
  public void look() {
    orders.next(ORDERS_A_LOOK).forEach(order -> obey(order.command()));
    int done = 0;
    for (Optional<Entry> next = book.toDo();
        next.isPresent() && done < WORK_A_LOOK;
        next = book.toDo()) {
      done += erase(next.get(), WORK_A_LOOK - done);
    }
  }

  private void obey(AdapterCommand order) {
    ReviewAnswer.meant(order).ifPresent(meant -> answer(order, meant));
    Erasure.of(order).ifPresent(book::take);
  }

  private void answer(AdapterCommand order, Predicate<KeptExample> meant) {
    takeEach(
        order.getAdapter(),
        Queue.REVIEW,
        meant,
        order.getCommand() == Command.APPROVE
            ? waiting -> output.pass(waiting.on(LaneRule.APPROVED))
            : waiting -> output.refuse(waiting, RouteReason.DROPPED, "by " + order.getIssuedBy()));
  }

  private int erase(Entry entry, int most) {
    Erasure erasure = entry.erasure();
    int done = 1;
    if (!erasure.isForEverybody()) {
      done += erase(erasure.adapter(), erasure);
    } else {
      NavigableSet<String> adapters = store.adapters();
      String after = entry.after();
      for (String adapter :
          after == null ? adapters : adapters.tailSet(after, /* inclusive= */ false)) {
        if (done >= most) {
          book.goOn(entry, after == null ? "" : after);
          return done;
        }
        done += 1 + erase(adapter, erasure);
        after = adapter;
      }
    }
    book.drop(entry);
    return done;
  }

  private int erase(String adapter, Erasure erasure) {
    int gone = 0;
    for (Queue queue : Queue.values()) {
      for (long number : store.numbers(adapter, queue, erasure.what()::names)) {
        Place place = new Place(adapter, queue, number);
        if (erasure.means(store.known(place), () -> read(store.content(place)))) {
          store.take(place);
          gone++;
        }
      }
    }
    return gone;
  }

  private ScoredExample read(byte[] content) {
    return codec.read(content).arrival().value().scored();
  }

  /** Lets go of what nobody answered; how many that were. */
  public int expire(String adapter, long untilMs) {
    return takeEach(
        adapter,
        Queue.REVIEW,
        kept -> kept.logTimeMs() <= untilMs,
        waiting -> output.refuse(waiting, RouteReason.REVIEW_EXPIRED, "nobody answered"));
  }

  /** Sends on what was chosen in a window, and begins it anew; how many that were. */
  public int release(String adapter) {
    int released = takeEach(adapter, Queue.POOL, kept -> true, output::pass);
    store.restartWindow(adapter);
    return released;
  }

  /** Takes one out. */
  public void take(Place place, Consumer<WaitingCodec.Waiting> then) {
    then.accept(codec.read(store.take(place)));
  }

  private int takeEach(
      String adapter,
      Queue queue,
      Predicate<KeptExample> which,
      Consumer<WaitingCodec.Waiting> then) {
    List<Long> numbers = store.numbers(adapter, queue, which);
    numbers.forEach(number -> take(new Place(adapter, queue, number), then));
    return numbers.size();
  }
}
