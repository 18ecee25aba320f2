package io.alluvium.streams;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.streams.admit.AdmitProcessor;
import io.alluvium.streams.admit.suite.SuiteBook;
import io.alluvium.streams.admit.suite.SuiteTable;
import io.alluvium.streams.command.CommandBook;
import io.alluvium.streams.command.CommandTable;
import io.alluvium.streams.config.StreamsAppConfig;
import io.alluvium.streams.dedup.DedupProcessor;
import io.alluvium.streams.dedup.seen.FormerSeenStore;
import io.alluvium.streams.intake.Intake;
import io.alluvium.streams.novelty.NoveltyProcessor;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.policy.PolicyTable;
import io.alluvium.streams.replay.ReplayProcessor;
import io.alluvium.streams.route.RouteProcessor;
import io.alluvium.streams.route.wait.WaitingCodec;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.stream.StageStream;
import io.alluvium.streams.store.layout.Layout;
import io.alluvium.streams.weigh.WeighProcessor;
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
  private final FormerSeenStore former;

  /**
   * Prepares; {@link #build} builds.
   *
   * @param config the application's
   * @param wire how values are read and written
   * @param stages application name and watch that all stages share
   */
  public ExampleTopology(StreamsAppConfig config, Wire wire, Stage stages) {
    this(config, wire, stages, FormerSeenStore.none());
  }

  /**
   * Prepares, after a build before has been here.
   *
   * @param config the application's
   * @param wire how values are read and written
   * @param stages application name and watch that all stages share
   * @param former what that build remembered
   */
  public ExampleTopology(StreamsAppConfig config, Wire wire, Stage stages, FormerSeenStore former) {
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
    readPolicies(builder);
    CommandBook orders = orders(builder);
    SuiteBook suites = suites(builder);
    Intake intake = new Intake(builder, new StageStream.Exits(topics.rejected(), wire));
    admitExamples(intake, suites);
    admitAnchors(intake, suites);
    StageStream<Candidate> measured = measured(intake);
    measured.into(topics.drift(), Candidate::drift);
    StageStream<Candidate> routed = routed(measured, orders);
    review(routed);
    weigh(routed);
    return builder.build();
  }

  private void readPolicies(StreamsBuilder builder) {
    PolicyTable.add(
        builder,
        topics.policies(),
        wire,
        new PolicyTable.Keeping(stages.policies(), stages.watch()));
  }

  private CommandBook orders(StreamsBuilder builder) {
    CommandBook orders = new CommandBook();
    CommandTable.add(builder, topics.commands(), wire, orders);
    return orders;
  }

  private SuiteBook suites(StreamsBuilder builder) {
    SuiteBook suites = new SuiteBook();
    SuiteTable.add(builder, topics.suites(), wire, suites);
    return suites;
  }

  /** Examples: admitted, once per window, to the scorer. */
  private void admitExamples(Intake intake, SuiteBook suites) {
    Stage admit = stages.named("admit");
    intake
        .read(topics.examples(), admit, Function.identity())
        .through("admit", new AdmitProcessor.Supplier(admit, suites))
        .through(
            "dedup",
            new DedupProcessor.Supplier(
                stages.named("dedup"), config.dedup(), config.forgetAfter(), former))
        .into(topics.accepted(), Optional::of);
  }

  /** General examples: admitted, marked, to the scorer. */
  private void admitAnchors(Intake intake, SuiteBook suites) {
    Stage anchors = stages.named("anchors");
    intake
        .read(topics.anchors(), anchors, Function.identity())
        .through("anchors", new AdmitProcessor.Supplier(anchors, suites))
        .into(topics.accepted(), example -> Optional.of(Candidate.anchor(example)));
  }

  /** What the scorer sends back, with how new it is. */
  private StageStream<Candidate> measured(Intake intake) {
    return intake
        .read(topics.scored(), stages.named("weigh"), ScoredExample::getExample)
        .through(
            "novelty",
            NoveltyProcessor.Supplier.of(
                stages.named("novelty"), config.novelty(), config.forgetAfter()));
  }

  /** Mixed with the past, and sent on, away, or to wait. */
  private StageStream<Candidate> routed(StageStream<Candidate> measured, CommandBook orders) {
    return measured
        .through(
            "replay",
            ReplayProcessor.Supplier.of(
                stages.named("replay"),
                () -> wire.decoder(topics.scored()),
                orders,
                config.forgetAfter()))
        .through(
            "route",
            new RouteProcessor.Supplier(stages.named("route"), orders, this::waitingCodec));
  }

  /** What waits for an operator is shown. */
  private void review(StageStream<Candidate> routed) {
    routed
        .where("waiting", RouteProcessor::isWaiting)
        .into(topics.review(), candidate -> Optional.of(candidate.draft()));
  }

  /** What goes on gets its weight, and goes to training. */
  private void weigh(StageStream<Candidate> routed) {
    routed
        .where("going", candidate -> !RouteProcessor.isWaiting(candidate))
        .through("weigh", WeighProcessor.Supplier.of(stages.named("weigh"), config.forgetAfter()))
        .into(this::lane, new StageStream.Sink<>(topics.training(), Function.identity()));
  }

  private Topic<WeightedExample> lane(WeightedExample weighted) {
    String lane = weighted.getLane();
    return lane != null && config.lanes().contains(lane)
        ? topics.training(lane)
        : topics.training();
  }

  private WaitingCodec waitingCodec() {
    return new WaitingCodec(
        new WaitingCodec.Form<>(topics.review(), wire.serde(topics.review())),
        new WaitingCodec.Form<>(topics.scored(), wire.serde(topics.scored())));
  }
}
