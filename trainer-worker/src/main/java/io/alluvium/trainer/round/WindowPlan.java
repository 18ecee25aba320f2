package io.alluvium.trainer.round;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.claim.Reading;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.publish.Lineage;
import io.alluvium.trainer.publish.Rejections.Claimant;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a window: one round per adapter in it.
 *
 * @param window the window
 * @param rounds in order of the adapters' first records
 * @param refused records that no round can be made of
 */
public record WindowPlan(Window<Incoming> window, List<Round> rounds, List<RefusedRecord> refused) {

  /**
   * One adapter's part of the window.
   *
   * @param adapter the adapter
   * @param version the number that its candidate gets
   * @param champion the released version; null before the first
   * @param examples its readable records, at least one
   */
  public record Round(
      String adapter, long version, @Nullable AdapterVersion champion, List<Entry> examples) {}

  /** A readable record. */
  public record Entry(Incoming incoming, WeightedExample example) {
    /** The example's id. */
    String id() {
      return example.getScored().getExample().getId();
    }
  }

  /** Divides a window by adapter, with each adapter's place in the log. */
  public static WindowPlan of(Window<Incoming> window, Lineage lineage) {
    Map<String, List<Entry>> byAdapter = new LinkedHashMap<>();
    List<RefusedRecord> refused = new ArrayList<>();
    for (Incoming incoming : window.records()) {
      if (incoming.reading() instanceof Reading.Decoded<WeightedExample> readable) {
        Entry entry = new Entry(incoming, readable.value());
        String adapter = entry.example().getScored().getExample().getAdapter();
        if (keyed(incoming, adapter)) {
          byAdapter.computeIfAbsent(adapter, any -> new ArrayList<>()).add(entry);
        } else {
          refused.add(mismatch(entry, adapter));
        }
      } else {
        refused.add(unreadable(incoming));
      }
    }
    List<Round> rounds =
        byAdapter.entrySet().stream()
            .map(part -> round(part.getKey(), part.getValue(), lineage))
            .toList();
    return new WindowPlan(window, rounds, refused);
  }

  private static Round round(String adapter, List<Entry> examples, Lineage lineage) {
    return new Round(
        adapter,
        lineage.lastVersion(adapter) + 1,
        lineage.champion(adapter).orElse(null),
        List.copyOf(examples));
  }

  /**
   * One writer per adapter follows from the key's partition; a value under another key breaks it.
   */
  private static boolean keyed(Incoming incoming, String adapter) {
    byte[] key = incoming.raw().key();
    return key != null && adapter.equals(new String(key, StandardCharsets.UTF_8));
  }

  private static RefusedRecord mismatch(Entry entry, String adapter) {
    return new RefusedRecord(
        entry.incoming(), new Claimant(adapter, entry.id()), Refusal.keyMismatch(adapter));
  }

  private static RefusedRecord unreadable(Incoming incoming) {
    return new RefusedRecord(
        incoming,
        Claimant.ofKey(incoming.raw()),
        ((Reading.Undecodable<WeightedExample>) incoming.reading()).refusal());
  }
}
