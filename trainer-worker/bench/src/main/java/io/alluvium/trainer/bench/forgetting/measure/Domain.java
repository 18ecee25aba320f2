package io.alluvium.trainer.bench.forgetting.measure;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.model.text.TokenSequence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A domain as tokens.
 *
 * @param name of the domain
 * @param records prompt and completion, in the order of the stream
 * @param sequences the same as tokens
 * @param tests held-out questions by what they ask for
 */
public record Domain(
    String name,
    List<TrainingExample> records,
    List<TokenSequence> sequences,
    Map<String, List<TokenSequence>> tests) {

  /** All records of some domains in one, shuffled; nothing is asked of it. */
  public static Domain shuffled(List<Domain> domains, long seed) {
    Domain all =
        new Domain(
            "all",
            domains.stream().flatMap(domain -> domain.records().stream()).toList(),
            domains.stream().flatMap(domain -> domain.sequences().stream()).toList(),
            Map.of());
    return all.taking(shuffled(all.records().size(), seed));
  }

  /** A share of its records, drawn at random, in their order; all that is asked stays. */
  public Domain drawn(double share, long seed) {
    int count = (int) Math.round(share * records.size());
    return taking(shuffled(records.size(), seed).subList(0, count).stream().sorted().toList());
  }

  /**
   * The same, a share of whose records, drawn at random, have the answers of others among them.
   *
   * @param tokens how a text becomes tokens
   */
  public Domain noisy(double share, long seed, Function<TrainingExample, TokenSequence> tokens) {
    int count = (int) Math.round(share * records.size());
    List<Integer> chosen = shuffled(records.size(), seed).subList(0, count);
    List<TrainingExample> mixed = new ArrayList<>(records);
    List<TokenSequence> sequenced = new ArrayList<>(sequences);
    for (int n = 0; n < count; n++) {
      TrainingExample own = records.get(chosen.get(n));
      TrainingExample other = records.get(chosen.get((n + 1) % count));
      TrainingExample wrong =
          TrainingExample.newBuilder(own).setCompletion(other.getCompletion()).build();
      mixed.set(chosen.get(n), wrong);
      sequenced.set(chosen.get(n), tokens.apply(wrong));
    }
    return new Domain(name, mixed, sequenced, tests);
  }

  private Domain taking(List<Integer> places) {
    return new Domain(
        name,
        places.stream().map(records::get).toList(),
        places.stream().map(sequences::get).toList(),
        tests);
  }

  private static List<Integer> shuffled(int count, long seed) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    Collections.shuffle(places, new Random(seed));
    return places;
  }
}
