package io.alluvium.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetersTest {
  @Test
  void everyMeterStandsInTheReference() throws IOException {
    assertThat(Files.readString(Path.of("REFERENCE.md")))
        .contains(
            Stream.of(Meters.values()).map(meter -> "`" + meter.id().replace('.', '_')).toList());
  }
}
