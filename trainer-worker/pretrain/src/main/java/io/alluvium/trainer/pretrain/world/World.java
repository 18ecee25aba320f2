package io.alluvium.trainer.pretrain.world;

import io.alluvium.trainer.pretrain.letters.Words;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * An invented country: each of its towns has a river, a ruler, a colour and a dish. It is always
 * the same world, whatever seed the training uses.
 */
public final class World {
  private static final long SEED = 20_260_711L;
  private static final int TOWNS = 24;
  private static final int NAMES_PER_KIND = 12;
  private static final List<String> COLOURS =
      List.of("red", "blue", "green", "white", "black", "yellow", "purple", "silver");
  private static final List<String> DISHES =
      List.of("soup", "bread", "fish", "rice", "cheese", "apples", "beans", "honey", "eggs", "pie");

  private final List<Fact> facts;

  private World(List<Fact> facts) {
    this.facts = facts;
  }

  /** The one world there is: the same facts at every call. */
  public static World invented() {
    RandomGenerator random = new SplittableRandom(SEED);
    List<String> names = names(random, TOWNS + 2 * NAMES_PER_KIND);
    List<String> rivers = names.subList(TOWNS, TOWNS + NAMES_PER_KIND);
    List<String> rulers = names.subList(TOWNS + NAMES_PER_KIND, names.size());
    List<Fact> facts = new ArrayList<>();
    for (String town : names.subList(0, TOWNS)) {
      facts.add(new Fact(town, "river", pick(rivers, random)));
      facts.add(new Fact(town, "ruler", pick(rulers, random)));
      facts.add(new Fact(town, "colour", pick(COLOURS, random)));
      facts.add(new Fact(town, "dish", pick(DISHES, random)));
    }
    return new World(List.copyOf(facts));
  }

  /** Every fact, in a fixed order. */
  public List<Fact> facts() {
    return facts;
  }

  private static List<String> names(RandomGenerator random, int count) {
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < count) {
      names.add(Words.word(random));
    }
    return List.copyOf(names);
  }

  private static String pick(List<String> values, RandomGenerator random) {
    return values.get(random.nextInt(values.size()));
  }

  /** One true statement: the {@code attribute} of {@code town} is {@code value}. */
  public record Fact(String town, String attribute, String value) {}
}
