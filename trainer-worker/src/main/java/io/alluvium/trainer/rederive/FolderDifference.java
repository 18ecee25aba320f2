package io.alluvium.trainer.rederive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.alluvium.trainer.model.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By how much two folders of adapters differ.
 *
 * @param largest absolute difference of two numbers that stand in the same place, in tensors and in
 *     JSON
 * @param otherwise what no number says: files, tensors or fields of one folder alone, or texts
 */
public record FolderDifference(double largest, List<String> otherwise) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TENSORS = ".safetensors";

  /** Copies. */
  public FolderDifference {
    otherwise = List.copyOf(otherwise);
  }

  /** Whether numbers are the only difference and none is larger. */
  public boolean within(double tolerance) {
    return otherwise.isEmpty() && largest <= tolerance;
  }

  /**
   * Compares file by file.
   *
   * @throws IOException when one cannot be read
   */
  public static FolderDifference between(Path one, Path other) throws IOException {
    Tally tally = new Tally();
    Set<String> names = names(one);
    tally.sameNames("files", names, names(other));
    for (String name : names) {
      if (Files.exists(other.resolve(name))) {
        tally.files(one.resolve(name), other.resolve(name));
      }
    }
    return new FolderDifference(tally.largest, tally.otherwise);
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** What was found so far. */
  private static final class Tally {
    private double largest;
    private final List<String> otherwise = new ArrayList<>();

    void files(Path one, Path other) throws IOException {
      if (Files.mismatch(one, other) < 0) {
        return;
      }
      String name = one.getFileName().toString();
      if (name.endsWith(TENSORS)) {
        tensors(name, SafetensorsFile.open(one), SafetensorsFile.open(other));
      } else {
        trees(name, JSON.readTree(one.toFile()), JSON.readTree(other.toFile()));
      }
    }

    private void tensors(String file, SafetensorsFile one, SafetensorsFile other)
        throws IOException {
      sameNames("tensors of " + file, one.entries().keySet(), other.entries().keySet());
      for (String name : one.entries().keySet()) {
        if (other.entries().containsKey(name)) {
          numbers(file + " " + name, one.floats(name), other.floats(name));
        }
      }
    }

    private void numbers(String where, float[] one, float[] other) {
      if (one.length != other.length) {
        otherwise.add("%s has %d and %d values".formatted(where, one.length, other.length));
        return;
      }
      for (int at = 0; at < one.length; at++) {
        number(one[at], other[at]);
      }
    }

    private void number(double one, double other) {
      double difference = Double.compare(one, other) == 0 ? 0 : Math.abs(one - other);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }

    private void trees(String where, JsonNode one, JsonNode other) {
      if (one.isNumber() && other.isNumber()) {
        number(one.asDouble(), other.asDouble());
      } else if (one.isObject() && other.isObject()) {
        Set<String> fields =
            one.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        sameNames(
            "fields of " + where,
            fields,
            other.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet()));
        fields.stream()
            .filter(other::has)
            .forEach(field -> trees(where + " " + field, one.get(field), other.get(field)));
      } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
        for (int at = 0; at < one.size(); at++) {
          trees(where, one.get(at), other.get(at));
        }
      } else if (!one.equals(other)) {
        otherwise.add("%s is %s and %s".formatted(where, brief(one), brief(other)));
      }
    }

    private static String brief(JsonNode node) {
      return node.isContainerNode() ? node.size() + " entries" : node.toString();
    }

    private void sameNames(String what, Set<String> one, Set<String> other) {
      Set<String> missing = new HashSet<>(one);
      missing.removeAll(other);
      Set<String> added = new HashSet<>(other);
      added.removeAll(one);
      if (!missing.isEmpty() || !added.isEmpty()) {
        otherwise.add("%s: without %s, with %s".formatted(what, missing, added));
      }
    }
  }
}
