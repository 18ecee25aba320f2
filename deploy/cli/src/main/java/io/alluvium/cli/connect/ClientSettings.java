package io.alluvium.cli.connect;

import io.alluvium.cli.terminal.CommandException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Settings of Kafka clients and of Confluent's serializers in one map, under their own names, as
 * users keep them in a client.properties file.
 *
 * @param values every key and value as written, plus {@link #TOPIC_PREFIX} where it is used
 */
public record ClientSettings(Map<String, String> values) {
  /** Kafka's key for the first brokers to ask. */
  public static final String BOOTSTRAP = "bootstrap.servers";

  /** Confluent's key for the schema registry. */
  public static final String REGISTRY = "schema.registry.url";

  /** Our key for what stands before every topic name. */
  public static final String TOPIC_PREFIX = "alluvium.topic.prefix";

  private static final Pattern OURS = Pattern.compile("alluvium\\..*");

  private static final Pattern FOR_REGISTRY =
      Pattern.compile(
          "(schema\\.registry|basic\\.auth|bearer\\.auth|auto\\.register|use\\.latest|use\\.schema"
              + "|latest|normalize|avro|value\\.subject|key\\.subject|id\\.compatibility)\\..*");

  /** Copies. */
  public ClientSettings {
    values = Map.copyOf(values);
  }

  /**
   * Reads a properties file.
   *
   * @throws CommandException (usage) when it cannot be read
   */
  public static ClientSettings read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException missing) {
      throw CommandException.usage(
          "no file " + file + ": check the path given with --config", missing);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw CommandException.usage(
          "%s cannot be read as properties: %s".formatted(file, unreadable.getMessage()),
          unreadable);
    }
    Map<String, String> values = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return new ClientSettings(values);
  }

  /** These with one value replaced. */
  public ClientSettings with(String key, String value) {
    Map<String, String> changed = new HashMap<>(values);
    changed.put(key, value);
    return new ClientSettings(changed);
  }

  /**
   * A value that must be there.
   *
   * @throws CommandException (usage) naming the key and the option that gives it
   */
  String required(String key, String option) {
    String value = values.get(key);
    if (value == null || value.isBlank()) {
      throw CommandException.usage(
          "%s is not set: start a local stack with `alluvium up`, or name yours with %s"
              .formatted(key, option));
    }
    return value;
  }

  /** Those that are for Kafka's clients. */
  public Map<String, String> kafkaOnly() {
    return matching(key -> !OURS.matcher(key).matches() && !FOR_REGISTRY.matcher(key).matches());
  }

  /** Those that are for Confluent's serializers and their registry client. */
  public Map<String, String> registryOnly() {
    return matching(FOR_REGISTRY.asMatchPredicate());
  }

  private Map<String, String> matching(Predicate<String> wanted) {
    Map<String, String> chosen = new TreeMap<>(values);
    chosen.keySet().removeIf(wanted.negate());
    return chosen;
  }

  /** What stands before every topic name; empty unless set. */
  public String topicPrefix() {
    return values.getOrDefault(TOPIC_PREFIX, "");
  }
}
