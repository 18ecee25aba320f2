package io.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.ReadMark;
import io.alluvium.trainer.publish.lineage.OffsetMark;
import org.junit.jupiter.api.Test;

class ReadMarkContractTest {
  @Test
  void noteThatTheTrainerWritesIsTheOneThatIsRead() {
    assertThat(ReadMark.of(new OffsetMark(3, 90, 2).at(5))).isEqualTo(new ReadMark(90, 2));
  }
}
