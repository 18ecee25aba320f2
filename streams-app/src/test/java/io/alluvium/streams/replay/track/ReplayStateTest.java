package io.alluvium.streams.replay.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.hold.KeptExample;
import io.alluvium.streams.replay.sample.Pool;
import io.alluvium.streams.replay.sample.QuestionHash;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ReplayStateTest {
  private static final KeptExample ONE = new KeptExample(-0.5, 10, 2, 1, 0, 3, 41, 1_000);
  private static final KeptExample OTHER = new KeptExample(-0.25, 20, 0, 2, 5, 3, 44, 2_000);

  @Test
  void whatIsReadBackIsTheSame() {
    ReplayState state = new ReplayState();
    state.emit();
    state.keep(Pool.REPLAYS, 0, ONE, 7);
    state.keep(Pool.ANCHORS, 2, OTHER, QuestionHash.NONE);
    ReplayState again = ReplayState.read(ByteBuffer.wrap(state.snapshot()));
    assertThat(again.snapshot()).isEqualTo(state.snapshot());
    assertThat(again.emitted()).isEqualTo(1);
    assertThat(again.of(Pool.REPLAYS).asking(7)).containsExactly(0);
    assertThat(again.of(Pool.ANCHORS).asking(QuestionHash.NONE)).isEmpty();
    assertThat(again.hasUnknown()).isFalse();
  }

  @Test
  void stepsTakenAgainLeadToTheSameState() {
    ReplayState state = new ReplayState();
    state.emit();
    state.keep(Pool.REPLAYS, 0, ONE, 7);
    state.keep(Pool.REPLAYS, 1, OTHER, 8);
    state.use(Pool.REPLAYS, 1);
    state.drop(Pool.REPLAYS, 0);
    state.ask(Pool.REPLAYS, 1, 9);
    ReplayState again = new ReplayState();
    again.redo(ByteBuffer.wrap(state.changes()));
    assertThat(again.snapshot()).isEqualTo(state.snapshot());
  }

  /** The number of records out, then per pool a count, then slots with what is kept in them. */
  @Test
  void aSnapshotOfABuildWithoutQuestionsIsRead() {
    ByteBuffer before = ByteBuffer.allocate(8 + 2 + 2 * (2 + KeptExample.BYTES) + 2);
    before.putLong(300).putShort((short) 2);
    ONE.write(before.putShort((short) 0));
    OTHER.write(before.putShort((short) 5));
    before.putShort((short) 0);
    ReplayState state = ReplayState.read(before.flip());
    assertThat(state.emitted()).isEqualTo(300);
    assertThat(state.of(Pool.REPLAYS).at(0)).isEqualTo(ONE);
    assertThat(state.of(Pool.REPLAYS).at(5)).isEqualTo(OTHER);
    assertThat(state.of(Pool.REPLAYS).asking(QuestionHash.UNKNOWN)).containsExactly(0, 5);
    assertThat(state.hasUnknown()).isTrue();
    state.ask(Pool.REPLAYS, 0, 7);
    state.drop(Pool.REPLAYS, 5);
    assertThat(state.hasUnknown()).isFalse();
  }

  @Test
  void aStepOfABuildWithoutQuestionsIsTakenAgain() {
    ByteBuffer before = ByteBuffer.allocate(1 + 1 + 2 + KeptExample.BYTES);
    ONE.write(before.put((byte) 1).put((byte) 0).putShort((short) 4));
    ReplayState state = new ReplayState();
    state.redo(before.flip());
    assertThat(state.of(Pool.REPLAYS).at(4)).isEqualTo(ONE);
    assertThat(state.hasUnknown()).isTrue();
  }
}
