package io.alluvium.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.record.ReadMark;
import io.alluvium.trainer.claim.turn.TurnMark;
import io.alluvium.trainer.publish.lineage.OffsetMark;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadMarkContractTest {
  @Test
  void noteThatTheTrainerWritesIsTheOneThatIsRead() {
    assertThat(ReadMark.of(new OffsetMark(3, 90, 2).at(5))).isEqualTo(new ReadMark(90, 2));
  }

  @Test
  void noteThatTheScorerWritesIsReadToo() {
    TurnMark mark = new TurnMark(5, 80, 90, 2, Map.of("name", 5L));
    assertThat(ReadMark.of(mark.committed())).isEqualTo(new ReadMark(90, 2));
  }
}
