package io.alluvium.cli;

import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.ArtifactFile;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.BaseModel;
import io.alluvium.schemas.Counts;
import io.alluvium.schemas.Freshness;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.Outcome;
import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import io.alluvium.schemas.ScoredExample;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightSummary;
import io.alluvium.schemas.WeightedExample;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as the system writes them, with as little in them as the schemas allow. */
public final class TestRecords {
  public static final String ADAPTER = "support";
  public static final int PARTITION = 2;

  private static final Instant CREATED = Instant.ofEpochSecond(100);

  private TestRecords() {}

  public static Rejection rejection(String stage, String reason) {
    return Rejection.newBuilder()
        .setStage(stage)
        .setReason(reason)
        .setDetail("test")
        .setAdapter(ADAPTER)
        .setExampleId(null)
        .setOrigin(new RecordOrigin("examples", PARTITION, 0L))
        .setKey(null)
        .setValue(null)
        .setApplication("test")
        .setRejectedAt(CREATED)
        .build();
  }

  public static WeightedExample weighted(String id, Instant eventTime) {
    return WeightedExample.newBuilder()
        .setScored(scored(id, eventTime))
        .setWeight(1)
        .setPolicyVersion("test")
        .setWeighedAt(CREATED)
        .build();
  }

  private static ScoredExample scored(String id, Instant eventTime) {
    TrainingExample example =
        TrainingExample.newBuilder()
            .setId(id)
            .setAdapter(ADAPTER)
            .setPrompt("p")
            .setCompletion(" c")
            .setEventTime(eventTime)
            .build();
    return ScoredExample.newBuilder()
        .setExample(example)
        .setOrigin(new RecordOrigin("examples.accepted", PARTITION, 0L))
        .setBaseDigest("d")
        .setPromptTokens(2)
        .setResponseTokens(3)
        .setBaseLoss(1)
        .setScorerVersion("test")
        .setScoredAt(CREATED)
        .build();
  }

  /** A round over the offsets from first to before next, a hundred seconds after the epoch. */
  public static AdapterVersion version(long version, long first, long next, Outcome outcome) {
    boolean released = outcome == Outcome.RELEASED;
    return AdapterVersion.newBuilder()
        .setAdapter(ADAPTER)
        .setVersion(version)
        .setOutcome(outcome)
        .setParentVersion(null)
        .setBase(new BaseModel("base", "d"))
        .setArtifact(released ? artifact() : null)
        .setFormat("peft-lora")
        .setRank(8)
        .setAlpha(16)
        .setTargets(List.of("q_proj"))
        .setWindow(new OffsetRange("training", PARTITION, first, next))
        .setCounts(new Counts(next - first, 0L, 0L, 0L, 10L))
        .setVerdict(verdict(released))
        .setWeights(new WeightSummary(null, null, 1.0, 1.0))
        .setFreshness(new Freshness(CREATED, CREATED, 1.5, 2.5, Map.of()))
        .setConfigDigest("d")
        .setBuild("test")
        .setCreatedAt(CREATED)
        .build();
  }

  private static Artifact artifact() {
    return new Artifact(
        "file:///artifacts/1", List.of(new ArtifactFile("adapter_config.json", "abc", 12L)), 12L);
  }

  private static GateVerdict verdict(boolean released) {
    return new GateVerdict(
        released,
        released ? List.of() : List.of("skill facts falls to 0.5"),
        List.of(
            new Axis("heldout/loss", 2.0, 1.0, null, true),
            new Axis("retention/facts/exactMatch", 1.0, 0.5, 0.95, released)));
  }
}
