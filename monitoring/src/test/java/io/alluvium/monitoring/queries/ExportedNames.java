package io.alluvium.monitoring.queries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The metric names that the programs can export, from their enums of meters.
 *
 * @param bases names without unit and without the suffix of their type
 */
public record ExportedNames(Set<String> bases) {
  private static final List<String> ENUMS =
      List.of(
          "streams-app/src/main/java/io/alluvium/streams/watch/Meters.java",
          "trainer-worker/src/main/java/io/alluvium/trainer/watch/Meters.java");
  private static final Pattern IDENTIFIER = Pattern.compile("\"(alluvium\\.[a-z.]+)\"");
  private static final Pattern UNIT_AND_TYPE =
      Pattern.compile("(_(seconds|nats|bytes|records))?(_(total|bucket|sum|count|max))?");

  /** Reads the enums. */
  public static ExportedNames read() throws IOException {
    Set<String> bases = new TreeSet<>();
    for (String source : ENUMS) {
      Path file = Path.of(System.getProperty("alluvium.home")).resolve(source);
      IDENTIFIER
          .matcher(Files.readString(file))
          .results()
          .map((MatchResult found) -> found.group(1).replace('.', '_'))
          .forEach(bases::add);
    }
    return new ExportedNames(bases);
  }

  /** Whether some meter can show up under this name. */
  public boolean has(String metric) {
    return bases.stream()
        .filter(metric::startsWith)
        .map(base -> metric.substring(base.length()))
        .anyMatch(rest -> UNIT_AND_TYPE.matcher(rest).matches());
  }
}
