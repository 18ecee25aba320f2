package io.alluvium.cli.local.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {
  private static final Path PLACE = Path.of("/data");

  @Test
  void fullDiskIsRefusedAndALittleOneIsNamed() {
    assertThatThrownBy(() -> mebibytes(200).ensureEnough())
        .hasMessage(
            "disk full: 200 MiB free at /data: 2048 MiB are needed, free some or name another place with --data");
    assertThat(mebibytes(1_000).ensureEnough())
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("warning: little disk: 1000 MiB free at /data: "));
    assertThat(mebibytes(3_000).ensureEnough()).isEmpty();
  }

  @Test
  void placeThatIsNotThereYetIsLookedForAboveIt() {
    assertThat(DiskSpace.at(Path.of("/no/such/place")).place()).isEqualTo(Path.of("/"));
  }

  private static DiskSpace mebibytes(long count) {
    return new DiskSpace(PLACE, count << 20);
  }
}
