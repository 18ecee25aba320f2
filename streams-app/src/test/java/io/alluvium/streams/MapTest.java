package io.alluvium.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.admit.reason.AdmitReason;
import io.alluvium.streams.admit.reason.TextReason;
import io.alluvium.streams.dedup.DedupReason;
import io.alluvium.streams.intake.IntakeReason;
import io.alluvium.streams.replay.ReplayReason;
import io.alluvium.streams.route.rule.RouteReason;
import io.alluvium.streams.stage.verdict.Reason;
import io.alluvium.streams.watch.Meters;
import io.alluvium.streams.weigh.WeighReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** REFERENCE.md names every reason and every meter. */
class MapTest {
  private static final Path REFERENCE = Path.of("REFERENCE.md");

  @Test
  void everyReasonStandsInTheReferenceWithItsMeaning() throws IOException {
    assertThat(Files.readAllLines(REFERENCE))
        .containsAll(
            Stream.<Reason[]>of(
                    IntakeReason.values(),
                    AdmitReason.values(),
                    TextReason.values(),
                    DedupReason.values(),
                    ReplayReason.values(),
                    RouteReason.values(),
                    WeighReason.values())
                .flatMap(Arrays::stream)
                .map(reason -> "| `%s` | %s |".formatted(reason.name(), reason.meaning()))
                .toList());
  }

  @Test
  void everyMeterStandsInTheReference() throws IOException {
    assertThat(Files.readString(REFERENCE))
        .contains(Stream.of(Meters.values()).map(meter -> "`" + prometheusName(meter)).toList());
  }

  private static String prometheusName(Meters meter) {
    return meter.id().replace('.', '_') + (meter.unit().isEmpty() ? "" : "_" + meter.unit());
  }
}
