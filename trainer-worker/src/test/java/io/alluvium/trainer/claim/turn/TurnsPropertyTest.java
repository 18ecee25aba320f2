package io.alluvium.trainer.claim.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.claim.recall.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

class TurnsPropertyTest {
  private static final int LONGEST_NOTE = 4096;

  /** Done once, each key in order, though the process ends between choice, part of it and mark. */
  @Property(tries = 300)
  void everyRecordIsDoneOnceThoughTheWorkerStartsAgain(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int keys) {
    Random random = new Random(seed);
    Log log = new Log(random, keys);
    Map<String, Long> lastOfKey = new HashMap<>();
    Set<Long> done = new HashSet<>();
    OffsetAndMetadata committed = new OffsetAndMetadata(0);
    while (done.size() < log.records.size()) {
      Turns turns = new Turns();
      turns.begin(0, committed);
      int next = log.after(committed.offset());
      for (int step = 0; step < 1 + random.nextInt(12); step++) {
        next = log.read(turns, next, random);
        List<Place> chosen =
            turns.choose(new Turns.Most(1 + random.nextInt(120), 1 + random.nextInt(20_000)));
        List<Place> part = chosen.subList(0, random.nextInt(chosen.size() + 1));
        turns.done(part);
        committed = turns.mark(0);
        assertThat(committed.metadata().length()).isLessThan(LONGEST_NOTE);
        part.forEach(place -> book(log, place.offset(), done, lastOfKey));
        if (part.size() < chosen.size()) {
          break;
        }
      }
    }
    assertThat(done).hasSize(log.records.size());
  }

  private static void book(Log log, long offset, Set<Long> done, Map<String, Long> lastOfKey) {
    assertThat(done.add(offset)).isTrue();
    Long before = lastOfKey.put(log.keys.get(offset), offset);
    assertThat(before == null ? -1 : before).isLessThan(offset);
  }

  /** Some keys have most of the records, and offsets have gaps. */
  private static final class Log {
    private final List<Long> records = new ArrayList<>();
    private final Map<Long, String> keys = new HashMap<>();
    private final Map<Long, Integer> bytes = new HashMap<>();

    Log(Random random, int keyCount) {
      long offset = 0;
      for (int record = 0; record < 1200; record++) {
        offset += 1 + random.nextInt(3);
        records.add(offset);
        keys.put(offset, "key-" + (int) (keyCount * Math.pow(random.nextDouble(), 3)));
        bytes.put(offset, random.nextInt(1000));
      }
    }

    int after(long offset) {
      return (int) records.stream().filter(one -> one < offset).count();
    }

    int read(Turns turns, int from, Random random) {
      int to = Math.min(records.size(), from + random.nextInt(300));
      for (long offset : records.subList(from, to)) {
        turns.add(TurnsTest.record(keys.get(offset), offset, bytes.getOrDefault(offset, 0)));
      }
      if (to == records.size()) {
        turns.advance(0, records.get(to - 1) + 2);
      }
      return to;
    }
  }
}
