package io.alluvium.trainer.train.suite;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.suite.ItemGrams;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has to change on the suites topic. Pure.
 *
 * @param begun items that are guarded from a moment on
 * @param ended items that are guarded until that moment
 * @param deleted keys of items that ended so long ago that no example is as old
 */
record SuiteChanges(List<SuiteItem> begun, List<SuiteItem> ended, List<String> deleted) {
  /**
   * From now until the moment, so that every task of streams-app knows of it by then; as with
   * {@code alluvium suite add}.
   */
  static final Duration LEAD = Duration.ofSeconds(10);

  /** The longest that a topic keeps examples which are still to be admitted. */
  static final Duration OLDEST_EXAMPLE = Duration.ofDays(30);

  /**
   * Compares.
   *
   * @param present the last record of each key
   * @param wanted what is to be there
   */
  static SuiteChanges between(Map<String, SuiteItem> present, GuardedSuites wanted, Instant now) {
    Instant moment = now.truncatedTo(ChronoUnit.MILLIS).plus(LEAD);
    Topic topic = new Topic(present, wanted);
    return new SuiteChanges(
        topic.missing(moment), topic.dropped(moment), topic.past(now.minus(OLDEST_EXAMPLE)));
  }

  /** How many records that are. */
  int size() {
    return begun.size() + ended.size() + deleted.size();
  }

  /** What is there beside what is to be there. */
  private record Topic(Map<String, SuiteItem> present, GuardedSuites wanted) {
    List<SuiteItem> missing(Instant from) {
      return wanted.suites().entrySet().stream()
          .flatMap(suite -> missing(suite.getKey(), suite.getValue(), from))
          .toList();
    }

    private Stream<SuiteItem> missing(String suite, Map<String, ItemGrams> items, Instant from) {
      return items.entrySet().stream()
          .filter(item -> !stands(present.get(suite + "/" + item.getKey())))
          .map(item -> item(suite, item.getValue(), from));
    }

    /** What an operator removed is not written again. */
    private static boolean stands(@Nullable SuiteItem item) {
      return item != null && (item.getBase() == null || item.getEffectiveUntil() == null);
    }

    List<SuiteItem> dropped(Instant until) {
      return present.values().stream()
          .filter(item -> isOurs(item) && item.getEffectiveUntil() == null)
          .filter(item -> wanted.drops(item.getSuite(), item.getItem()))
          .map(item -> SuiteItem.newBuilder(item).setEffectiveUntil(until).build())
          .toList();
    }

    List<String> past(Instant oldest) {
      return present.entrySet().stream()
          .filter(entry -> isOurs(entry.getValue()) && endedBefore(oldest, entry.getValue()))
          .filter(entry -> !wanted.holds(entry.getValue().getSuite(), entry.getValue().getItem()))
          .map(Map.Entry::getKey)
          .toList();
    }

    private static boolean endedBefore(Instant oldest, SuiteItem item) {
      Instant until = item.getEffectiveUntil();
      return until != null && until.isBefore(oldest);
    }

    private boolean isOurs(SuiteItem item) {
      return wanted.base().equals(item.getBase());
    }

    private SuiteItem item(String suite, ItemGrams grams, Instant from) {
      return SuiteItem.newBuilder()
          .setSuite(suite)
          .setItem(grams.digest())
          .setWords(grams.length())
          .setGrams(grams.grams())
          .setEffectiveFrom(from)
          .setBase(wanted.base())
          .build();
    }
  }
}
