package io.alluvium.streams.config;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.streams.admit.AdmitConfig;
import io.alluvium.streams.dedup.DedupConfig;
import io.alluvium.streams.novelty.NoveltyConfig;
import io.alluvium.streams.policy.document.PolicyForm;
import io.alluvium.streams.policy.document.SizeBounded;
import io.alluvium.streams.replay.sample.ReplayConfig;
import io.alluvium.streams.route.RouteConfig;
import io.alluvium.streams.route.rule.LaneRule;
import io.alluvium.streams.store.MemoryConfig;
import io.alluvium.streams.watch.MetricsConfig;
import io.alluvium.streams.weigh.WeighConfig;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole configuration; defaults stand in defaults.yaml beside this class.
 *
 * @param topicPrefix put before every topic name and the application id
 * @param partitions partitions of the example topics
 * @param kafka any Kafka client or Streams setting, under Kafka's own names
 * @param registry any setting of Confluent's client, under its own names
 * @param patience how long a broker or registry that does not answer is asked again; kept below
 *     kafka.producer.transaction.timeout.ms
 * @param metrics what is shown and where
 * @param stateDir where stores lie; the same one at each start
 * @param admit limits of admission
 * @param dedup how far back duplicates are looked for
 * @param novelty how novelty is measured
 * @param replay how much of the past is mixed in
 * @param route where candidates go
 * @param lanes lanes with a training topic of their own, training.LANE
 * @param trainerGroup consumer group of the trainers, without the prefix; their lag is looked at
 * @param weigh how weights are made
 * @param forgetAfter how long, by the log's time, an adapter or its base may be without a record
 *     before its state is let go
 * @param rocksdb memory of the stores on disk
 */
public record StreamsAppConfig(
    String topicPrefix,
    int partitions,
    Map<String, String> kafka,
    Map<String, String> registry,
    Duration patience,
    MetricsConfig metrics,
    Path stateDir,
    AdmitConfig admit,
    DedupConfig dedup,
    NoveltyConfig novelty,
    ReplayConfig replay,
    RouteConfig route,
    List<String> lanes,
    String trainerGroup,
    WeighConfig weigh,
    Duration forgetAfter,
    MemoryConfig rocksdb) {
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(3);
  private static final Duration LEAST_FORGET_AFTER = Duration.ofHours(1);
  private static final String BOOTSTRAP = "bootstrap.servers";
  private static final String REGISTRY_URL = "schema.registry.url";

  /** Checks what no section checks itself. */
  public StreamsAppConfig {
    if (stateDir == null) {
      throw new IllegalArgumentException("stateDir is missing: name a folder for the stores");
    }
    require(kafka, "kafka." + BOOTSTRAP, BOOTSTRAP, "127.0.0.1:9092");
    require(registry, "registry." + REGISTRY_URL, REGISTRY_URL, "http://127.0.0.1:8081");
    if (patience.compareTo(LEAST_PATIENCE) < 0) {
      throw new IllegalArgumentException(
          "patience is %s, must be at least %s".formatted(patience, LEAST_PATIENCE));
    }
    if (forgetAfter.compareTo(LEAST_FORGET_AFTER) < 0) {
      throw new IllegalArgumentException(
          "forgetAfter is %s, must be at least %s".formatted(forgetAfter, LEAST_FORGET_AFTER));
    }
    kafka = Map.copyOf(kafka);
    registry = Map.copyOf(registry);
    lanes = List.copyOf(lanes);
    lanes.forEach(lane -> LaneRule.requireName("lanes", lane));
    new Topics(topicPrefix, partitions);
    Stream.of(admit, replay, weigh).forEach(bounded(SendLimit.of(kafka)));
  }

  private static Consumer<SizeBounded> bounded(SendLimit limit) {
    return section -> section.requireSendable(limit);
  }

  /**
   * Reads a configuration file over the defaults.
   *
   * @throws ConfigException when it is missing, no YAML, or breaks a rule
   */
  public static StreamsAppConfig read(Path file) {
    return ConfigFile.read(file);
  }

  /** The defaults, with addresses that lead nowhere: for rehearsals. */
  public static StreamsAppConfig byDefault() {
    try {
      return ConfigFile.read(
          "the defaults",
          new StringReader(
              "{kafka: {bootstrap.servers: none}, registry: {schema.registry.url: none}, stateDir: none}"));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Every topic that must be there: those of the table, and one for each lane. */
  public List<Topic<?>> allTopics() {
    List<Topic<?>> all = new ArrayList<>(topics().all());
    lanes.forEach(lane -> all.add(topics().training(lane)));
    return all;
  }

  /** The trainers' group. */
  public String trainers() {
    return topicPrefix + trainerGroup;
  }

  /** The topics that trainers read: training, and one for each lane. */
  public List<String> trained() {
    return Stream.concat(Stream.of(topics().training()), lanes.stream().map(topics()::training))
        .map(Topic::name)
        .toList();
  }

  /** The topics under this prefix. */
  public Topics topics() {
    return new Topics(topicPrefix, partitions);
  }

  /** What policies may change, section by section, in flow order. */
  public PolicyForm policies() {
    Map<String, Record> sections = new LinkedHashMap<>();
    sections.put("admit", admit);
    sections.put("dedup", dedup);
    sections.put("novelty", novelty);
    sections.put("replay", replay);
    sections.put("route", route);
    sections.put("weigh", weigh);
    return new PolicyForm(sections, sendLimit());
  }

  /** How large a record may be that this application sends. */
  public SendLimit sendLimit() {
    return SendLimit.of(kafka);
  }

  /** Group id and the beginning of transactional ids and internal topics. */
  public String applicationId() {
    return topicPrefix + "alluvium-streams";
  }

  private static void require(
      Map<String, String> settings, String name, String key, String example) {
    if (!settings.containsKey(key)) {
      throw new IllegalArgumentException(
          "%s is missing: name it, for example %s".formatted(name, example));
    }
  }
}
