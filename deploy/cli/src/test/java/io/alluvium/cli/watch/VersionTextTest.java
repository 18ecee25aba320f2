package io.alluvium.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.TestRecords;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Artifact;
import io.alluvium.schemas.Axis;
import io.alluvium.schemas.GateVerdict;
import io.alluvium.schemas.Outcome;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class VersionTextTest {
  @Test
  void releasedVersionIsOneLineWithItsFolder() {
    assertThat(VersionText.line(TestRecords.version(3, 0, 256, Outcome.RELEASED)))
        .isEqualTo(
            "1970-01-01T00:01:40Z  support@3  released   256 examples  held-out loss 2.0000 -> 1.0000  file:///artifacts/1");
  }

  @Test
  void refusedVersionSaysWhy() {
    assertThat(VersionText.line(TestRecords.version(4, 0, 9, Outcome.REJECTED)))
        .endsWith("held-out loss 2.0000 -> 1.0000  skill facts falls to 0.5");
    assertThat(VersionText.details(TestRecords.version(4, 0, 9, Outcome.REJECTED)))
        .contains(
            "  folder     none",
            "  parent     none, started fresh",
            "  window     training-2 [0, 9)",
            "  measured   retention/facts/exactMatch 1.0000 -> 0.5000  bound 0.9500  NO");
  }

  @Test
  void continuedVersionSaysWhereTrainingGoesOnAndThatItIsNotServed() {
    AdapterVersion continued =
        AdapterVersion.newBuilder(TestRecords.version(4, 0, 9, Outcome.CONTINUED))
            .setHead(new Artifact("file:///heads/4", List.of(), 0L))
            .setTrainedFrom(3L)
            .setWatermark(2L)
            .setHeldOut(List.of(1L, 7L))
            .build();
    assertThat(VersionText.line(continued)).contains("support@4  continued  9 examples");
    assertThat(VersionText.details(continued))
        .startsWith("support@4  continued")
        .contains(
            "  folder     none",
            "  head       training goes on from file:///heads/4, not served",
            "  trained    on from the head of support@3",
            "  watermark  2: no record of the partition waits before it",
            "  held out   offsets 1, 7");
  }

  @Test
  void whatTheAdapterLearnedEarlierIsShownLikeEveryOtherAxis() {
    Axis own = new Axis("own/news/loss", 1.0, 1.5, 1.2, false);
    AdapterVersion event =
        AdapterVersion.newBuilder(TestRecords.version(4, 0, 9, Outcome.REJECTED))
            .setVerdict(new GateVerdict(false, List.of(), List.of(own)))
            .build();
    assertThat(VersionText.details(event))
        .contains("  measured   own/news/loss 1.0000 -> 1.5000  bound 1.2000  NO");
  }

  @Test
  void jsonHasTheFieldNamesOfTheSchemaInItsOrder() {
    ObjectNode json = AvroJson.of(TestRecords.version(3, 0, 256, Outcome.RELEASED));
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(
            AdapterVersion.getClassSchema().getFields().stream().map(Schema.Field::name).toList());
    assertThat(json.get("createdAt").longValue()).isEqualTo(100_000);
    assertThat(json.get("parentVersion").isNull()).isTrue();
    assertThat(json.get("outcome").textValue()).isEqualTo("RELEASED");
    assertThat(json.at("/artifact/files/0/name").textValue()).isEqualTo("adapter_config.json");
    assertThat(json.at("/window/nextOffset").longValue()).isEqualTo(256);
  }
}
