package io.alluvium.streams;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.Topics;
import io.alluvium.streams.admit.AdmitProcessor;
import io.alluvium.streams.admit.AdmitReason;
import io.alluvium.streams.admit.TextReason;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.suite.SuiteTable;
import io.alluvium.streams.dedup.DedupProcessor;
import io.alluvium.streams.dedup.DedupReason;
import io.alluvium.streams.fate.Flow;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.intake.Intake;
import io.alluvium.streams.policy.PolicyTable;
import io.alluvium.streams.weigh.WeighProcessor;
import io.alluvium.streams.weigh.WeighReason;
import io.alluvium.streams.wire.Wire;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * The story: examples are admitted, de-duplicated and handed to the scorer; what the scorer sends
 * back is weighed and handed to training. What a stage refuses goes to the rejections.
 *
 * <p>A new stage is one more {@code through} between two others: between dedup and weigh come
 * novelty, replay and route.
 */
public final class ExampleTopology {
  private final StreamsAppConfig config;
  private final Topics topics;
  private final Wire wire;
  private final Stage stages;

  /**
   * Prepares; {@link #build} builds.
   *
   * @param config the application's
   * @param wire how values are read and written
   * @param stages application name and watch that all stages share
   */
  public ExampleTopology(StreamsAppConfig config, Wire wire, Stage stages) {
    this.config = config;
    this.topics = config.topics();
    this.wire = wire;
    this.stages = stages;
  }

  /**
   * Builds the topology.
   *
   * @param settings Kafka Streams settings; names of stores and topics are checked by them
   */
  public Topology build(StreamsConfig settings) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(settings));
    Intake intake = new Intake(builder, new Flow.Exits(topics.rejected(), wire));
    PolicyTable.add(
        builder,
        topics.policies(),
        wire,
        new PolicyTable.Keeping(stages.policies(), stages.watch()));
    SuiteBook suites = new SuiteBook();
    SuiteTable.add(builder, topics.suites(), wire, suites);
    Stage admit = stage("admit");
    Stage dedup = stage("dedup");
    Stage weigh = stage("weigh");
    admit.announce(AdmitReason.values());
    admit.announce(TextReason.values());
    dedup.announce(DedupReason.values());
    weigh.announce(WeighReason.values());

    intake
        .read(topics.examples(), admit, Function.identity())
        .through("admit", () -> new AdmitProcessor(admit, suites))
        .through("dedup", new DedupProcessor.Supplier(dedup, config.dedup()))
        .into(topics.accepted());

    intake
        .read(topics.scored(), weigh, ScoredExample::getExample)
        .through("weigh", new WeighProcessor.Supplier(weigh))
        .into(topics.training());

    return builder.build();
  }

  private Stage stage(String name) {
    return stages.named(name);
  }
}
