package io.alluvium.cli.bench.tenants.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One adapter and how much it is sent. Its questions differ from each other in the model they name,
 * and its answers follow a rule of its own.
 *
 * @param number from 0, the slowest
 * @param name the adapter's
 * @param perMinute records
 */
public record Tenant(int number, String name, double perMinute) {
  private static final String CONSONANTS = "bdfgklmnprstvz";
  private static final String VOWELS = "aeiou";
  private static final long SYLLABLES = (long) CONSONANTS.length() * VOWELS.length();
  private static final long NAMES = SYLLABLES * SYLLABLES * SYLLABLES;

  /** Shares no factor with the number of names, so that it goes through all of them. */
  private static final long STRIDE = 104_729;

  private static final int ERRORS = 8;
  private static final List<String> ACTIONS =
      List.of(
          "reset", "clean", "refill", "unplug", "rotate", "charge", "tighten", "cool", "replace");
  private static final List<String> WORDINGS =
      List.of(
          "the %1$s shows error %2$d. what now?",
          "my %1$s says error %2$d. help!",
          "error %2$d on the %1$s, what to do?",
          "how do i clear error %2$d of a %1$s?");

  /**
   * Rates from slowest to fastest, each by the same factor above the one before.
   *
   * @param adapters how many; a single one gets the slowest rate
   * @param slowest records a minute, above 0
   * @param fastest records a minute
   */
  public static List<Tenant> spaced(int adapters, double slowest, double fastest) {
    double factor = adapters == 1 ? 1 : Math.pow(fastest / slowest, 1.0 / (adapters - 1));
    List<Tenant> tenants = new ArrayList<>();
    for (int number = 0; number < adapters; number++) {
      tenants.add(
          new Tenant(
              number, "tenant-%03d".formatted(number + 1), slowest * Math.pow(factor, number)));
    }
    return List.copyOf(tenants);
  }

  /**
   * How many records are to be sent by then.
   *
   * @param elapsed since the beginning
   * @param phase how much of the first record's interval has gone by at the beginning, 0 to 1
   */
  public long due(Duration elapsed, double phase) {
    return (long) Math.floor(perMinute * elapsed.toMillis() / 60_000.0 + phase);
  }

  /**
   * The question of a record.
   *
   * @param seed of the run
   * @param record number of the record, from 0
   */
  public String prompt(long seed, long record) {
    int wording = Math.floorMod(record + record / NAMES, WORDINGS.size());
    return WORDINGS.get(wording).formatted(model(seed, record), error(record));
  }

  /** The answer to the question of the same record. */
  public String completion(long seed, long record) {
    return " "
        + ACTIONS.get((error(record) + number) % ACTIONS.size())
        + " the "
        + model(seed, record);
  }

  private static int error(long record) {
    return 1 + Math.floorMod(record * 7 / 3, ERRORS);
  }

  private static String model(long seed, long record) {
    long at = Math.floorMod(Math.floorMod(seed, NAMES) + record % NAMES * STRIDE, NAMES);
    return syllable(at) + syllable(at / SYLLABLES) + syllable(at / SYLLABLES / SYLLABLES);
  }

  private static String syllable(long at) {
    int within = Math.floorMod(at, (int) SYLLABLES);
    return ""
        + CONSONANTS.charAt(within / VOWELS.length())
        + VOWELS.charAt(within % VOWELS.length());
  }
}
