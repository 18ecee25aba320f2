package io.alluvium.streams.replay;

import io.alluvium.streams.command.Obedience;
import io.alluvium.streams.hold.Erasure;
import io.alluvium.streams.hold.ErasureBook;
import io.alluvium.streams.hold.ErasureBook.Entry;
import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.replay.track.KeptTrack;
import io.alluvium.streams.replay.track.KeptTracks;
import io.alluvium.streams.stage.record.Arrival;
import io.alluvium.streams.store.journal.Journal;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Obeys orders to erase. One for an adapter is obeyed at once: its states are found by their names,
 * one for each base. One for everybody goes through all states, some at each look, and goes on
 * where it was after a restart.
 */
final class ErasureWork {
  private static final int ORDERS_A_LOOK = 200;

  /** States and examples that one look may go through. */
  private static final int WORK_A_LOOK = 1_000;

  private static final Journal.Reading SLICE = new Journal.Reading(100, 5_000);
  private static final int OLD_ORDERS_A_LOOK = 1_000;
  private static final long NOT_KNOWN = Long.MIN_VALUE;

  private final KeptTracks tracks;
  private final Obedience orders;
  private final ErasureBook book;
  private @Nullable NavigableSet<String> bases;
  private long latestMs = NOT_KNOWN;

  ErasureWork(KeptTracks tracks, Obedience orders, ErasureBook book) {
    this.tracks = tracks;
    this.orders = orders;
    this.book = book;
  }

  /** The order that means an example that arrives. */
  Optional<Erasure> meaning(Arrival<Candidate> arrival) {
    latestMs = Math.max(latestMs, arrival.raw().logTimeMs());
    Candidate candidate = arrival.value();
    if (bases != null) {
      bases.add(base(candidate.track()));
    }
    return book.isEmpty()
        ? Optional.empty()
        : book.meaning(
            candidate.adapter(),
            KeptExample.of(candidate.scored().getExample(), arrival.raw(), 0),
            candidate::scored);
  }

  /** Takes new orders and goes on with those that are not obeyed to their end. */
  void look() {
    orders.next(ORDERS_A_LOOK).forEach(order -> Erasure.of(order.command()).ifPresent(book::take));
    int done = 0;
    for (Optional<Entry> next = book.toDo();
        next.isPresent() && done < WORK_A_LOOK;
        next = book.toDo()) {
      Entry entry = next.get();
      done += entry.erasure().isForEverybody() ? everywhere(entry) : atOne(entry);
    }
    if (latestMs != NOT_KNOWN) {
      book.forget(latestMs, OLD_ORDERS_A_LOOK);
    }
  }

  private int atOne(Entry entry) {
    int done = 1;
    for (String base : bases()) {
      String track = base + "/" + entry.erasure().adapter();
      done += tracks.states().knows(track) ? erase(track, entry.erasure()) : 0;
    }
    book.finish(entry);
    return done;
  }

  private int everywhere(Entry entry) {
    Journal.Stretch stretch = tracks.states().names(entry.after(), SLICE);
    int done = 1;
    for (String track : stretch.names()) {
      done += 1 + erase(track, entry.erasure());
    }
    String last = stretch.last();
    if (last == null) {
      book.finish(entry);
    } else {
      book.goOn(entry, last);
    }
    return done;
  }

  /** How many examples went. */
  private int erase(String track, Erasure erasure) {
    if (!tracks.glance(track).hasAny(erasure)) {
      return 0;
    }
    KeptTrack kept = tracks.of(track);
    int gone = kept.forget(erasure);
    tracks.note(kept);
    return gone;
  }

  /** Few; found by leaping from each over all its tracks. */
  private NavigableSet<String> bases() {
    NavigableSet<String> known = bases;
    if (known == null) {
      known = new TreeSet<>();
      Journal.Reading one = new Journal.Reading(1, 1);
      for (Journal.Stretch next = tracks.states().names(null, one);
          !next.names().isEmpty();
          next = tracks.states().names(behind(known.last()), one)) {
        known.add(base(next.names().get(0)));
      }
      bases = known;
    }
    return known;
  }

  private static String base(String track) {
    return track.substring(0, track.indexOf('/'));
  }

  /** A name behind all of a base and before those of the next: 0 follows the slash. */
  private static String behind(String base) {
    return base + "0";
  }
}
