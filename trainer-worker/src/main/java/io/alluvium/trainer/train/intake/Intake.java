package io.alluvium.trainer.train.intake;

import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.queue.Arrival;
import io.alluvium.trainer.claim.queue.Arrival.Side;
import io.alluvium.trainer.claim.recall.Entry;
import io.alluvium.trainer.claim.recall.Place;
import io.alluvium.trainer.claim.recall.Shelf;
import io.alluvium.trainer.claim.window.WindowCutter;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.publish.Rejections.Claimant;
import io.alluvium.trainer.round.outcome.RefusedRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Sorts what is polled: an adapter's records wait for a window, others are refused with the next
 * transaction. For the polling thread.
 */
public final class Intake {
  private final RecordReader<WeightedExample> decoder;
  private final HeldOut heldOut;
  private final Shelf shelf;
  private final WindowCutter cutter;
  private final Map<Integer, Long> refusedBelow = new TreeMap<>();
  private final Map<Integer, List<RefusedRecord>> foreign = new TreeMap<>();

  /** Takes records into queues. */
  public Intake(
      RecordReader<WeightedExample> decoder, HeldOut heldOut, Shelf shelf, WindowCutter cutter) {
    this.decoder = decoder;
    this.heldOut = heldOut;
    this.shelf = shelf;
    this.cutter = cutter;
  }

  /**
   * Begins a partition.
   *
   * @param belowIsRefused offset below which what belongs to no adapter was refused already
   */
  public void begin(int partition, long belowIsRefused) {
    refusedBelow.put(partition, belowIsRefused);
    foreign.put(partition, new ArrayList<>());
  }

  /** Forgets what it knew of a partition. */
  public void drop(int partition) {
    refusedBelow.remove(partition);
    foreign.remove(partition);
  }

  /** What belongs to no adapter and was not refused yet. */
  public List<RefusedRecord> foreign(int partition) {
    return List.copyOf(foreign.getOrDefault(partition, List.of()));
  }

  /** It was refused, all of it. */
  public void refused(int partition) {
    foreign.put(partition, new ArrayList<>());
  }

  /** Takes one record: into its queue, to the refused, or past it where its window is done. */
  public void take(ConsumerRecord<byte[], byte[]> record) {
    Reading<WeightedExample> reading = decoder.read(record);
    if (reading instanceof Reading.Decoded<WeightedExample> readable) {
      take(new Entry(record, readable.value()));
    } else if (reading instanceof Reading.Undecodable<WeightedExample> unreadable) {
      refuse(new RefusedRecord(record, Claimant.ofKey(record), unreadable.refusal()));
    }
  }

  private void take(Entry entry) {
    if (!keyed(entry)) {
      Claimant claimant = new Claimant(entry.adapter(), entry.id());
      refuse(new RefusedRecord(entry.raw(), claimant, Refusal.keyMismatch(entry.adapter())));
      return;
    }
    shelf.put(entry.raw());
    cutter.add(
        entry.place().partition(),
        new Arrival(
            entry.adapter(),
            entry.raw().offset(),
            tokens(entry.example()),
            entry.raw().timestamp(),
            heldOut.holds(entry.id()) ? Side.HELD_OUT : Side.TRAINING));
  }

  private void refuse(RefusedRecord record) {
    int partition = Place.of(record.raw()).partition();
    if (record.raw().offset() >= refusedBelow.getOrDefault(partition, 0L)) {
      foreign.computeIfAbsent(partition, any -> new ArrayList<>()).add(record);
    }
  }

  /**
   * One writer per adapter follows from the key's partition; a value under another key breaks it.
   */
  private static boolean keyed(Entry entry) {
    byte[] key = entry.raw().key();
    return key != null && entry.adapter().equals(new String(key, StandardCharsets.UTF_8));
  }

  private static int tokens(WeightedExample example) {
    return Math.max(
        0, example.getScored().getPromptTokens() + example.getScored().getResponseTokens());
  }
}
