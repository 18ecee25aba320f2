package io.alluvium.trainer.claim.turn;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What of a partition is done where records are not taken in their order: all before {@code front},
 * but for some keys' records from their first waiting one on. The committed offset is the
 * watermark, its note says the rest; without a note, or with another one, all before the offset is
 * done and nothing behind it.
 *
 * @param watermark nothing waits before it
 * @param front offset after the last record that is done
 * @param position offset up to which the partition was read
 * @param waiting records before it that are not done
 * @param behind by {@link #name} of a key the offset of its first record that waits, before front
 */
public record TurnMark(
    long watermark, long front, long position, long waiting, Map<String, Long> behind) {
  private static final Pattern FORM =
      Pattern.compile(
          "position=(\\d{1,18}) waiting=(\\d{1,18}) front=(\\d{1,18}) behind=([\\w:,-]*)");

  /** Of a digest: enough that no two keys of a cluster are ever taken for one. */
  private static final int NAME_BYTES = 12;

  /** Keeps the map as it is. */
  public TurnMark {
    behind = Map.copyOf(behind);
  }

  /** What a committed offset says. */
  public static TurnMark of(OffsetAndMetadata committed) {
    Matcher note = FORM.matcher(committed.metadata());
    if (!note.matches()) {
      return new TurnMark(committed.offset(), committed.offset(), committed.offset(), 0, Map.of());
    }
    return new TurnMark(
        committed.offset(),
        Long.parseLong(note.group(3)),
        Long.parseLong(note.group(1)),
        Long.parseLong(note.group(2)),
        parsed(note.group(4)));
  }

  /** What to commit. */
  public OffsetAndMetadata committed() {
    if (front <= watermark) {
      return new OffsetAndMetadata(watermark);
    }
    return new OffsetAndMetadata(
        watermark,
        "position=%d waiting=%d front=%d behind=%s"
            .formatted(position, waiting, front, written(behind)));
  }

  /** Whether a key's record is done. */
  public boolean done(String name, long offset) {
    return offset < behind.getOrDefault(name, front);
  }

  /** A key in few characters: 96 bits of its SHA-256. */
  public static String name(byte @Nullable [] key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(key == null ? "no key".getBytes(StandardCharsets.UTF_8) : key);
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, NAME_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String written(Map<String, Long> behind) {
    return new TreeMap<>(behind)
        .entrySet().stream()
            .map(one -> one.getKey() + ":" + one.getValue())
            .collect(Collectors.joining(","));
  }

  private static Map<String, Long> parsed(String text) {
    return Pattern.compile(",")
        .splitAsStream(text)
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split(":", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
  }
}
