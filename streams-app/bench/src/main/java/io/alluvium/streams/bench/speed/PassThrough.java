package io.alluvium.streams.bench.speed;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.topic.Topics;
import io.alluvium.streams.intake.Intake;
import io.alluvium.streams.novelty.candidate.Candidate;
import io.alluvium.streams.stage.Stage;
import io.alluvium.streams.stage.stream.StageStream;
import io.alluvium.streams.wire.Wire;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/** The same sources, serdes, sinks and guarantees, and no room between. */
record PassThrough(Topics topics, Wire wire, Stage stages) {
  Topology build(StreamsConfig settings) {
    StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(settings));
    Intake intake = new Intake(builder, new StageStream.Exits(topics.rejected(), wire));
    StageStream<TrainingExample> examples =
        intake.read(topics.examples(), stages.named("admit"), Function.identity());
    examples.into(topics.accepted(), Optional::of);
    StageStream<ScoredExample> scored =
        intake.read(topics.scored(), stages.named("weigh"), ScoredExample::getExample);
    scored.into(topics.training(), value -> Optional.of(Candidate.fresh(value, null).draft()));
    return builder.build();
  }
}
