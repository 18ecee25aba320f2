package io.alluvium.monitoring.queries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files stand. */
public final class MonitoringFolder {
  private static final Path ROOT = Path.of(System.getProperty("alluvium.home"), "monitoring");

  private MonitoringFolder() {}

  /** The rule file. */
  public static Path rules() {
    return ROOT.resolve("rules/alluvium.rules.yml");
  }

  /** The unit tests of the rules, one file per alert, sorted. */
  public static List<Path> ruleTests() {
    return list("rules/tests");
  }

  /** The dashboard. */
  public static Path dashboard() {
    return ROOT.resolve("dashboards/alluvium.json");
  }

  /** The runbooks, sorted. */
  public static List<Path> runbooks() {
    return list("runbooks");
  }

  /** The sample configuration of Prometheus. */
  public static Path prometheusConfig() {
    return ROOT.resolve("prometheus.yml");
  }

  /** Reads a YAML file. */
  public static JsonNode yaml(Path file) {
    return read(new YAMLMapper(), file);
  }

  /** Reads a JSON file. */
  public static JsonNode json(Path file) {
    return read(new ObjectMapper(), file);
  }

  private static JsonNode read(ObjectMapper mapper, Path file) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read", e);
    }
  }

  private static List<Path> list(String folder) {
    try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be listed", e);
    }
  }
}
