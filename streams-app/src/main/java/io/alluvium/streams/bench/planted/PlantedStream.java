package io.alluvium.streams.bench.planted;

import io.alluvium.schemas.SuiteItem;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.admit.suite.ItemGrams;
import io.alluvium.streams.bench.planted.Planted.Plant;
import io.alluvium.streams.bench.planted.Planted.Score;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A generated stream in which it is known what is what: 30 % near-duplicates, 2 % secrets, 2 %
 * leaked suite items, 5 % wrong answers, and five unseen domains at 1 % each. Unseen domain d
 * begins at {@link #beginning}(d) and makes up a fifth of the records there until its share is used
 * up. The same seed and size give the same stream.
 */
public final class PlantedStream {
  /** Unseen domains. */
  public static final int NEW_DOMAINS = 5;

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final int DOMAINS = 8;
  private static final int ADAPTERS = 4;
  private static final int SUITE_ITEMS = 400;

  /** Originals are at most so many clean records of the same adapter back. */
  private static final int REACH = 200;

  private final SplittableRandom random;
  private final int size;
  private final List<Language> domains;
  private final List<Language> unseen;
  private final List<String> suite;
  private final List<List<Planted>> originals = new ArrayList<>();
  private final int[] left = new int[NEW_DOMAINS];

  private PlantedStream(long seed, int size) {
    this.random = new SplittableRandom(seed);
    this.size = size;
    this.domains = languages("domain-", DOMAINS, seed);
    this.unseen = languages("new-", NEW_DOMAINS, seed);
    Language exam = new Language("suite", seed);
    this.suite = IntStream.range(0, SUITE_ITEMS).mapToObj(i -> exam.text(random, 16)).toList();
    IntStream.range(0, ADAPTERS).forEach(i -> originals.add(new ArrayList<>()));
    Arrays.fill(left, size / 100);
  }

  private static List<Language> languages(String prefix, int count, long seed) {
    return IntStream.range(0, count).mapToObj(i -> new Language(prefix + i, seed)).toList();
  }

  /**
   * A stream.
   *
   * @param records in the order of sending
   * @param suite the items that some of them leak, guarded from the beginning
   */
  public record Stream(List<Planted> records, List<SuiteItem> suite) {
    /** Copies. */
    public Stream {
      records = List.copyOf(records);
      suite = List.copyOf(suite);
    }
  }

  /** Generates. */
  public static Stream of(long seed, int size) {
    PlantedStream stream = new PlantedStream(seed, size);
    List<Planted> records = IntStream.range(0, size).mapToObj(stream::next).toList();
    return new Stream(records, stream.items());
  }

  /** Index of the first record that may be of an unseen domain. */
  public static int beginning(int domain, int size) {
    return size * (domain + 2) / (NEW_DOMAINS + 3);
  }

  private Planted next(int i) {
    int adapter = random.nextInt(ADAPTERS);
    int newDomain = newDomain(i);
    if (newDomain >= 0) {
      left[newDomain]--;
      return told(i, adapter, Plant.NEW_DOMAIN, unseen.get(newDomain));
    }
    Language domain = domains.get(random.nextInt(DOMAINS));
    double draw = random.nextDouble() * 0.95;
    if (draw < 0.30 && !originals.get(adapter).isEmpty()) {
      return nearDuplicate(i, adapter);
    } else if (draw >= 0.30 && draw < 0.32) {
      return told(i, adapter, Plant.SECRET, domain);
    } else if (draw >= 0.32 && draw < 0.34) {
      return told(i, adapter, Plant.LEAK, domain);
    } else if (draw >= 0.34 && draw < 0.39) {
      return told(i, adapter, Plant.WRONG_ANSWER, domain);
    }
    Planted clean = told(i, adapter, Plant.CLEAN, domain);
    originals.get(adapter).add(clean);
    return clean;
  }

  private int newDomain(int i) {
    for (int domain = 0; domain < NEW_DOMAINS; domain++) {
      if (i >= beginning(domain, size) && left[domain] > 0 && random.nextInt(5) == 0) {
        return domain;
      }
    }
    return -1;
  }

  private Planted told(int i, int adapter, Plant plant, Language domain) {
    String prompt = domain.text(random, 8 + random.nextInt(12));
    Language answering = plant == Plant.WRONG_ANSWER ? other(domain) : domain;
    String response = answering.text(random, 25 + random.nextInt(60));
    response =
        switch (plant) {
          case SECRET -> inserted(response, Secrets.secret(random));
          case LEAK -> inserted(response, suite.get(random.nextInt(SUITE_ITEMS)));
          case CLEAN ->
              random.nextInt(50) == 0 ? inserted(response, Secrets.decoy(random)) : response;
          default -> response;
        };
    return planted(i, plant, domain, example(i, adapter, prompt, response));
  }

  private Language other(Language domain) {
    int index = domains.indexOf(domain);
    return domains.get((index + 1 + random.nextInt(DOMAINS - 1)) % DOMAINS);
  }

  private static TrainingExample example(int i, int adapter, String prompt, String response) {
    return TrainingExample.newBuilder()
        .setId("planted-" + i)
        .setAdapter("adapter-" + adapter)
        .setPrompt(prompt)
        .setCompletion(response)
        .setEventTime(time(i))
        .build();
  }

  private static Instant time(int i) {
    return START.plusMillis(100L * i);
  }

  private String inserted(String text, String secret) {
    int at = text.indexOf(' ', random.nextInt(text.length() / 2));
    return text.substring(0, at) + " " + secret + text.substring(at);
  }

  private Planted planted(int i, Plant plant, Language domain, TrainingExample example) {
    return new Planted(example, time(i), plant, domain.name(), "", score(plant, domain));
  }

  /**
   * A base knows familiar domains, an adapter knows them a little better; what is new is hard for
   * both and soon easier for the adapter; a wrong answer is hard for both and stays so.
   */
  private Score score(Plant plant, Language domain) {
    double base =
        switch (plant) {
          case NEW_DOMAIN -> 3.5 + 0.4 * random.nextGaussian();
          case WRONG_ANSWER -> 5.0 + 0.5 * random.nextGaussian();
          default -> 2.0 + 0.4 * random.nextGaussian();
        };
    double gain =
        switch (plant) {
          case NEW_DOMAIN -> 0.8;
          case WRONG_ANSWER -> -0.2;
          default -> 0.3;
        };
    double adapter = base - gain + 0.1 * random.nextGaussian();
    return new Score(
        Math.max(0.01, base),
        Math.max(0.01, adapter),
        domain.embedding(random, plant == Plant.WRONG_ANSWER ? 0.6 : 0.3));
  }

  private Planted nearDuplicate(int i, int adapter) {
    List<Planted> clean = originals.get(adapter);
    int back = 1 + random.nextInt(Math.min(REACH, clean.size()));
    Planted original = clean.get(clean.size() - back);
    TrainingExample example = original.example();
    return new Planted(
        example(i, adapter, example.getPrompt(), similar(String.valueOf(example.getCompletion()))),
        time(i),
        Plant.NEAR_DUPLICATE,
        original.domain(),
        example.getId(),
        original.base());
  }

  /** One word in forty changed, and at least one: Jaccard of three-word runs 0.8 and more. */
  private String similar(String text) {
    String[] words = text.split(" ");
    int changes = 1 + words.length / 40;
    for (int change = 0; change < changes; change++) {
      // Next to each other, so that few runs of words change.
      words[Math.min(words.length - 1, change + 1)] = "altered" + random.nextInt(1000);
    }
    return String.join(" ", words);
  }

  private List<SuiteItem> items() {
    return IntStream.range(0, SUITE_ITEMS).mapToObj(this::item).toList();
  }

  private SuiteItem item(int number) {
    ItemGrams grams = ItemGrams.of(suite.get(number)).orElseThrow();
    return SuiteItem.newBuilder()
        .setSuite("planted")
        .setItem(Integer.toString(number))
        .setWords(grams.length())
        .setGrams(grams.grams())
        .setEffectiveFrom(Instant.EPOCH)
        .build();
  }
}
