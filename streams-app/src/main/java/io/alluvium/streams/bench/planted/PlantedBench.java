package io.alluvium.streams.bench.planted;

import io.alluvium.streams.StreamsAppConfig;
import io.alluvium.streams.admit.secret.SecretKind;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.bench.planted.Planted.Plant;
import io.alluvium.streams.rehearse.Cue;
import io.alluvium.streams.rehearse.Fates;
import io.alluvium.streams.rehearse.Fates.Written;
import io.alluvium.streams.rehearse.Rehearsal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Leads a planted stream through the whole topology and holds what was found against it. */
public final class PlantedBench {
  private static final StreamsAppConfig CONFIG = StreamsAppConfig.byDefault();

  private PlantedBench() {}

  /**
   * Precision and recall of each rule.
   *
   * @param stream what is known
   * @param stateDir an empty folder
   */
  public static List<Findings> of(PlantedStream.Stream stream, Path stateDir) {
    List<Fates> fates = play(stream, stateDir);
    return List.of(
        new Rule("secrets", Plant.SECRET, PlantedBench::isSecretFound).judged(stream, fates),
        new Rule("suites", Plant.LEAK, one -> isRefused(one, "SUITE_LEAK")).judged(stream, fates),
        new Rule("nearDuplicates", Plant.NEAR_DUPLICATE, one -> isRefused(one, "DUPLICATE_"))
            .judged(stream, fates));
  }

  private static List<Fates> play(PlantedStream.Stream stream, Path stateDir) {
    try (Rehearsal rehearsal = new Rehearsal(CONFIG, List.of(), stateDir)) {
      stream
          .suite()
          .forEach(
              item ->
                  rehearsal.play(
                      new Cue(
                          CONFIG.topics().suites().name(),
                          SuiteBook.key(item),
                          item.getEffectiveFrom(),
                          item)));
      return stream.records().stream().map(record -> rehearsal.play(cue(record))).toList();
    }
  }

  private static Cue cue(Planted record) {
    return new Cue(
        CONFIG.topics().examples().name(),
        record.example().getAdapter(),
        record.time(),
        record.example());
  }

  /** What a rule should find, and how one sees that it did. */
  private record Rule(String name, Plant plant, Predicate<Written> isFound) {
    Findings judged(PlantedStream.Stream stream, List<Fates> fates) {
      int planted = 0;
      int found = 0;
      int falsePositives = 0;
      for (int i = 0; i < fates.size(); i++) {
        boolean is = stream.records().get(i).plant() == plant;
        boolean says = fates.get(i).written().stream().anyMatch(isFound);
        planted += is ? 1 : 0;
        found += is && says ? 1 : 0;
        falsePositives += !is && says ? 1 : 0;
      }
      return new Findings(name, planted, found, falsePositives);
    }
  }

  private static boolean isRefused(Written written, String reason) {
    return written.reason().startsWith(reason);
  }

  private static boolean isSecretFound(Written written) {
    return isRefused(written, "SECRET_")
        || isRefused(written, "PERSONAL_")
        || Arrays.stream(SecretKind.values())
            .anyMatch(kind -> written.content().contains(kind.mask()));
  }
}
