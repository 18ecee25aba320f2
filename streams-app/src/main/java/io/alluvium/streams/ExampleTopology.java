package io.alluvium.streams;

import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.Topic;
import io.alluvium.schemas.Topics;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.streams.admit.AdmitProcessor;
import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.admit.reason.TextReason;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.suite.SuiteTable;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.command.CommandTable;
import io.alluvium.streams.dedup.DedupProcessor;
import io.alluvium.streams.dedup.DedupReason;
import io.alluvium.streams.dedup.seen.FormerSeen;
import io.alluvium.streams.stage.stream.StageStream;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.intake.Intake;
import io.alluvium.streams.store.layout.Layout;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.novelty.NoveltyProcessor;
import io.alluvium.streams.policy.PolicyTable;
import io.alluvium.streams.replay.ReplayProcessor;
import io.alluvium.streams.replay.ReplayReason;
import io.alluvium.streams.route.wait.WaitingCodec;
import io.alluvium.streams.route.RouteProcessor;
import io.alluvium.streams.route.rule.RouteReason;
import io.alluvium.streams.weigh.WeighProcessor;
import io.alluvium.streams.weigh.WeighReason;
import io.alluvium.streams.wire.Wire;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * The story: examples are admitted, de-duplicated and handed to the scorer; what the scorer sends
 * back is measured, mixed with the past, routed, weighed and handed to training. What a stage
 * refuses goes to the rejections.
 *
 * <p>A new stage is one more {@code through} between two others.
 */
public final class ExampleTopology {
  /** Of every store that has a changelog. */
  static final List<Layout> LAYOUTS =
      Stream.of(
              Intake.layouts("admit", "anchors", "weigh"),
              DedupProcessor.LAYOUTS,
              List.of(NoveltyProcessor.LAYOUT, WeighProcessor.LAYOUT),
              ReplayProcessor.LAYOUTS,
              RouteProcessor.LAYOUTS)
          .flatMap(List::stream)
          .toList();

  private final StreamsAppConfig config;
  private final Topics topics;
  private final Wire wire;
  private final Stage stages;
  private final FormerSeen former;

  /**
   * Prepares; {@link #build} builds.
   *
   * @param config the application's
   * @param wire how values are read and written
   * @param stages application name and watch that all stages share
   */
  public ExampleTopology(StreamsAppConfig config, Wire wire, Stage stages) {
    this(config, wire, stages, FormerSeen.none());
  }

  /**
   * Prepares, after a build before has been here.
   *
   * @param config the application's
   * @param wire how values are read and written
   * @param stages application name and watch that all stages share
   * @param former what that build remembered
   */
  public ExampleTopology(StreamsAppConfig config, Wire wire, Stage stages, FormerSeen former) {
    this.config = config;
    this.topics = config.topics();
    this.wire = wire;
    this.stages = stages;
    this.former = former;
  }

  /**
   * Builds the topology.
   *
   * @param settings Kafka Streams settings; names of stores and topics are checked by them
   */
  public Topology build(StreamsConfig settings) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(settings));
    Intake intake = new Intake(builder, new StageStream.Exits(topics.rejected(), wire));
    PolicyTable.add(
        builder,
        topics.policies(),
        wire,
        new PolicyTable.Keeping(stages.policies(), stages.watch()));
    CommandBook orders = new CommandBook();
    CommandTable.add(builder, topics.commands(), wire, orders);
    SuiteBook suites = new SuiteBook();
    SuiteTable.add(builder, topics.suites(), wire, suites);
    Stage admit = stage("admit");
    Stage anchors = stage("anchors");
    Stage dedup = stage("dedup");
    Stage novelty = stage("novelty");
    Stage replay = stage("replay");
    Stage route = stage("route");
    Stage weigh = stage("weigh");
    admit.announce(AdmitReason.values());
    admit.announce(TextReason.values());
    dedup.announce(DedupReason.values());
    anchors.announce(AdmitReason.values());
    anchors.announce(TextReason.values());
    novelty.announce();
    replay.announce(ReplayReason.values());
    route.announce(RouteReason.values());
    weigh.announce(WeighReason.values());

    intake
        .read(topics.examples(), admit, Function.identity())
        .through("admit", () -> new AdmitProcessor(admit, suites))
        .through(
            "dedup",
            new DedupProcessor.Supplier(dedup, config.dedup(), config.forgetAfter(), former))
        .into(topics.accepted(), Optional::of);

    intake
        .read(topics.anchors(), anchors, Function.identity())
        .through("anchors", () -> new AdmitProcessor(anchors, suites))
        .into(topics.accepted(), example -> Optional.of(Candidate.anchor(example)));

    StageStream<Candidate> measured =
        intake
            .read(topics.scored(), weigh, ScoredExample::getExample)
            .through(
                "novelty",
                NoveltyProcessor.Supplier.of(novelty, config.novelty(), config.forgetAfter()));
    measured.into(topics.drift(), Candidate::drift);
    StageStream<Candidate> routed =
        measured
            .through(
                "replay",
                ReplayProcessor.Supplier.of(
                    replay, () -> wire.decoder(topics.scored()), orders, config.forgetAfter()))
            .through("route", new RouteProcessor.Supplier(route, orders, this::parcels));
    routed
        .where("waiting", RouteProcessor::isWaiting)
        .into(topics.review(), candidate -> Optional.of(candidate.draft()));
    routed
        .where("going", candidate -> !RouteProcessor.isWaiting(candidate))
        .through("weigh", WeighProcessor.Supplier.of(weigh, config.forgetAfter()))
        .into(this::lane, new StageStream.Sink<>(topics.training(), Function.identity()));

    return builder.build();
  }

  private Topic<WeightedExample> lane(WeightedExample weighted) {
    String lane = weighted.getLane();
    return lane != null && config.lanes().contains(lane)
        ? topics.training(lane)
        : topics.training();
  }

  private WaitingCodec parcels() {
    return new WaitingCodec(
        new WaitingCodec.Form<>(topics.review(), wire.serde(topics.review())),
        new WaitingCodec.Form<>(topics.scored(), wire.serde(topics.scored())));
  }

  private Stage stage(String name) {
    return stages.named(name);
  }
}
