package io.alluvium.trainer.worker.config;

import io.alluvium.schemas.record.SendLimit;
import io.alluvium.trainer.claim.queue.WindowLimits;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.decoder.options.Precision;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.program.device.Device;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the worker can be told; one file serves both roles. Defaults stand in
 * defaults.yaml beside this class.
 *
 * @param topicPrefix put before every topic name, group and transactional id
 * @param partitions of the example topics; null: as they are
 * @param kafka client settings, passed through; bootstrap.servers is required
 * @param registry Confluent's settings, passed through; schema.registry.url is required
 * @param patience how long an unreachable dependency is asked again
 * @param renewals how often a session may be begun anew
 * @param metrics ports on loopback
 * @param workerId ordinal of this worker among those of its role
 * @param base the frozen model
 * @param store where artifacts go
 * @param workDir for files that may be lost, such as generated anchors
 * @param score the scoring role
 * @param window when a window is cut
 * @param readAhead how much is read ahead of training
 * @param finetune how a round trains
 * @param gate what a candidate is held against
 * @param guardSuites whether examples that hold an item of the gate's suites are kept out of the
 *     stream
 */
public record TrainerConfig(
    String topicPrefix,
    @Nullable Integer partitions,
    Map<String, String> kafka,
    Map<String, String> registry,
    Duration patience,
    RestartPolicy.Limit renewals,
    Metrics metrics,
    String workerId,
    Base base,
    Store store,
    Path workDir,
    Score score,
    WindowLimits window,
    ReadAhead readAhead,
    FineTuneConfig finetune,
    GateConfig gate,
    boolean guardSuites) {

  /** Ports on loopback; 0 chooses a free one. */
  public record Metrics(int scorePort, int trainPort) {}

  /**
   * The frozen model.
   *
   * @param folder a Hugging Face folder
   * @param threads threads of one tensor operation
   * @param maxTokens longest example
   * @param dataType in what the frozen weights are held and multiplied
   * @param device what computes
   * @param chatDate the day that chat templates are told, so that nothing hangs on the clock
   */
  public record Base(
      Path folder,
      int threads,
      int maxTokens,
      Precision dataType,
      Device device,
      LocalDate chatDate) {
    /** Checks the values; the message names them. */
    public Base {
      required("base.folder", folder, "name a Hugging Face model folder");
      required("base.chatDate", chatDate, "name a day, such as 2024-07-26");
      atLeast("base.threads", threads, 1);
      atLeast("base.maxTokens", maxTokens, 2);
    }

    /** How the engine opens the base. */
    public EngineOptions engine() {
      return new EngineOptions(threads, maxTokens, dataType, device);
    }
  }

  /**
   * Where artifacts go.
   *
   * @param uri a file URI
   * @param orphanGrace age from which on a folder that no event names is deleted at start
   */
  public record Store(URI uri, Duration orphanGrace) {
    private static final Duration SHORTEST_GRACE = Duration.ofHours(1);

    /** Checks the values; the message names them. */
    public Store {
      required("store.uri", uri, "name a folder, for example file:///var/lib/alluvium/artifacts");
      if (orphanGrace.compareTo(SHORTEST_GRACE) < 0) {
        throw new ConfigurationException(
            "store.orphanGrace is " + orphanGrace + ", must be at least " + SHORTEST_GRACE);
      }
    }
  }

  /**
   * The scoring role.
   *
   * @param pollRecords most records of one poll
   * @param batchTokens tokens per transaction
   * @param embeddings whether embeddings are made
   */
  public record Score(int pollRecords, int batchTokens, boolean embeddings) {
    /** Checks the values; the message names them. */
    public Score {
      atLeast("score.pollRecords", pollRecords, 1);
      atLeast("score.batchTokens", batchTokens, 1);
    }
  }

  /**
   * How much is read ahead of training.
   *
   * @param records of one partition that may wait, some six bytes of heap each
   * @param bytes of heap for records that were read lately; others are read again
   */
  public record ReadAhead(long records, long bytes) {
    private static final long LEAST_BYTES = 1 << 20;

    /** Checks the values; the message names them. */
    public ReadAhead {
      if (bytes < LEAST_BYTES) {
        throw new ConfigurationException(
            "readAhead.bytes is %d, must be at least %d".formatted(bytes, LEAST_BYTES));
      }
    }
  }

  /** Checks what holds between sections; the message names the keys. */
  public TrainerConfig {
    if (readAhead.records() < 2 * window.longest().behind()) {
      throw new ConfigurationException(
          "readAhead.records is %d, must be at least twice window.longest.behind, which is %d"
              .formatted(readAhead.records(), window.longest().behind()));
    }
    required("kafka.bootstrap.servers", kafka.get("bootstrap.servers"), "name the brokers");
    required(
        "registry.schema.registry.url", registry.get("schema.registry.url"), "name the registry");
    required("workDir", workDir, "name a folder for files that may be lost");
    if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new ConfigurationException("patience is " + patience + ", must be at least PT1S");
    }
    if (partitions != null) {
      atLeast("partitions", partitions, 1);
    }
    kafka = Map.copyOf(kafka);
    limit(kafka);
    registry = Map.copyOf(registry);
  }

  /** Names a worker of a role for good: its transactions, and what it has at work in the store. */
  public String member(String role) {
    return topicPrefix + "alluvium-" + role + "-" + workerId;
  }

  /** How large a record may be that the worker sends. */
  public SendLimit sendLimit() {
    return limit(kafka);
  }

  private static SendLimit limit(Map<String, String> kafka) {
    try {
      return SendLimit.of(kafka);
    } catch (IllegalArgumentException tooSmall) {
      throw new ConfigurationException("kafka." + tooSmall.getMessage());
    }
  }

  private static void required(String key, @Nullable Object value, String remedy) {
    if (value == null) {
      throw new ConfigurationException(key + " is missing: " + remedy);
    }
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new ConfigurationException(
          "%s is %d, must be at least %d".formatted(key, value, least));
    }
  }
}
