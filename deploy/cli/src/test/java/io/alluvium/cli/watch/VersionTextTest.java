package io.alluvium.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.alluvium.cli.TestRecords;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.Outcome;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class VersionTextTest {
  @Test
  void releasedVersionIsOneLineWithItsFolder() {
    assertThat(VersionText.line(TestRecords.version(3, 0, 256, Outcome.RELEASED)))
        .isEqualTo(
            "1970-01-01T00:01:40Z  support@3  RELEASED  256 examples  held-out loss 2.0000 -> 1.0000  file:///artifacts/1");
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
