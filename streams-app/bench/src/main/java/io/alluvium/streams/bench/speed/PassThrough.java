package io.alluvium.streams.bench.speed;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.Topics;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.streams.fate.Flow;
import io.alluvium.streams.fate.Stage;
import io.alluvium.streams.intake.Intake;
import io.alluvium.streams.novelty.Candidate;
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
    Intake intake = new Intake(builder, new Flow.Exits(topics.rejected(), wire));
    Flow<TrainingExample> examples =
        intake.read(topics.examples(), stages.named("admit"), Function.identity());
    examples.into(topics.accepted(), Optional::of);
    Flow<ScoredExample> scored =
        intake.read(topics.scored(), stages.named("weigh"), ScoredExample::getExample);
    scored.into(topics.training(), value -> Optional.of(Candidate.fresh(value, null).draft()));
    return builder.build();
  }
}
