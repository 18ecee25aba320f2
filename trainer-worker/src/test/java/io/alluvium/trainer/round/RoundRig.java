package io.alluvium.trainer.round;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.trainer.adapter.LoraSpec;
import io.alluvium.trainer.claim.RecordReader;
import io.alluvium.trainer.claim.Sources;
import io.alluvium.trainer.claim.recall.OffsetReader;
import io.alluvium.trainer.claim.recall.Recall;
import io.alluvium.trainer.claim.recall.Shelf;
import io.alluvium.trainer.claim.window.Window;
import io.alluvium.trainer.dataset.HeldOut;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.Configs;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.anchor.Anchors;
import io.alluvium.trainer.finetune.config.AnchorConfig;
import io.alluvium.trainer.gate.Gate;
import io.alluvium.trainer.gate.GateConfig;
import io.alluvium.trainer.gate.GateConfig.LossRule;
import io.alluvium.trainer.gate.GateConfig.Own;
import io.alluvium.trainer.gate.measure.Evaluator;
import io.alluvium.trainer.gate.measure.RetentionSuite;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.TinyModel;
import io.alluvium.trainer.model.text.ExampleText;
import io.alluvium.trainer.model.text.ExampleText.Completion;
import io.alluvium.trainer.model.text.TokenSequence;
import io.alluvium.trainer.publish.lineage.AdapterLine;
import io.alluvium.trainer.publish.order.Erasures;
import io.alluvium.trainer.publish.store.ArtifactStore;
import io.alluvium.trainer.round.division.Divider;
import io.alluvium.trainer.round.judge.Probes;
import io.alluvium.trainer.round.outcome.RoundPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Rounds on a tiny base, with records on a shelf and a store in a folder. No broker is asked. */
record RoundRig(Path root, Decoder decoder, FineTuner tuner, ArtifactStore store)
    implements AutoCloseable {
  static final LoraSpec SPEC = new LoraSpec(4, 8, List.of("q_proj", "v_proj"));
  static final int RECORDS = 40;
  private static final int UNKNOWN = 5_000;

  static RoundRig in(Path folder) throws IOException {
    Path root = folder.resolve("store");
    Path base = TinyModel.write(folder.resolve("base"), TinyModel.MISTRAL, 5);
    Decoder decoder = Decoder.open(HfFolder.open(base), new EngineOptions(1, 32));
    FineTuner tuner =
        new FineTuner(
            decoder, Configs.of(SPEC, new AnchorConfig(null, 0, 20, 0, 1)), Anchors.none());
    return new RoundRig(root, decoder, tuner, ArtifactStore.open(root.toUri(), "a"));
  }

  RoundRunner runner(List<RetentionSuite> suites, GateConfig gate) {
    return runner(suites, gate, Probes.NONE);
  }

  /** Its limit lies, so that the engine meets what the item maker would have refused. */
  RoundRunner runner(List<RetentionSuite> suites, GateConfig gate, Probes probes) {
    ItemMaker items = new ItemMaker(RoundRig::tokens, new ItemMaker.Limits(32, 9_999));
    return new RoundRunner(
        new RoundContext(decoder, "tiny", "d", tuner, new Evaluator(decoder, suites)),
        new RoundSettings(SPEC, 17, new Divider(items, new HeldOut(0.2)), new Gate(gate), probes),
        store);
  }

  static GateConfig gate(double maxLossRise, int pullBacks) {
    return gate(0.95, maxLossRise, pullBacks);
  }

  static GateConfig gate(double confidence, double maxLossRise, int pullBacks) {
    return new GateConfig(
        0.2,
        2,
        confidence,
        12,
        List.of(),
        0.05,
        maxLossRise,
        LossRule.ALWAYS,
        new Own(16, 0.1, 0.05),
        null,
        0,
        pullBacks,
        1e-5);
  }

  static RoundPlan plan() {
    List<Long> offsets = IntStream.range(0, RECORDS).mapToObj(Long::valueOf).toList();
    return new RoundPlan(
        new Window(0, "a", offsets, Window.Cause.FULL), AdapterLine.NEW, Erasures.NONE);
  }

  /** All records stand on the shelf. */
  static Recall recall(String completion) {
    return recall(record -> completion);
  }

  static Recall recall(UnaryOperator<String> completions) {
    Shelf shelf = new Shelf(1 << 24);
    for (int offset = 0; offset < RECORDS; offset++) {
      shelf.put(
          new ConsumerRecord<>(
              "training",
              0,
              offset,
              "a".getBytes(StandardCharsets.UTF_8),
              Integer.toString(offset).getBytes(StandardCharsets.UTF_8)));
    }
    return new Recall(
        () ->
            OffsetReader.open(
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                Sources.of("training"),
                shelf,
                Duration.ofSeconds(1)),
        new RecordReader<>(
            (topic, bytes) -> example(new String(bytes, StandardCharsets.UTF_8), completions),
            Duration.ofSeconds(1)));
  }

  private static WeightedExample example(String id, UnaryOperator<String> completions) {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    return WeightedExample.newBuilder()
        .setScored(
            ScoredExample.newBuilder()
                .setExample(
                    TrainingExample.newBuilder()
                        .setId("id-" + id)
                        .setAdapter("a")
                        .setPrompt("p")
                        .setCompletion(completions.apply(id))
                        .setEventTime(now)
                        .build())
                .setOrigin(new RecordOrigin("t", 0, Long.parseLong(id)))
                .setBaseDigest("d")
                .setPromptTokens(1)
                .setResponseTokens(1)
                .setBaseLoss(1.0)
                .setScorerVersion("t")
                .setScoredAt(now)
                .build())
        .setWeight(0.5)
        .setPolicyVersion("uniform/1")
        .setWeighedAt(now)
        .build();
  }

  /** An x is a token that the base has no row for. */
  static TokenSequence tokens(ExampleText text) {
    int[] ids =
        ((Completion) text)
            .completion()
            .chars()
            .map(c -> c == 'x' ? UNKNOWN : 3 + c % 20)
            .toArray();
    return new TokenSequence(
        IntStream.concat(IntStream.of(4), IntStream.of(ids)).toArray(), ids.length);
  }

  @Override
  public void close() {
    store.close();
    tuner.close();
    decoder.close();
  }
}
