package io.alluvium.schemas.record;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class ReadMarkTest {
  @Test
  void noteOfTheTrainerTellsWhatIsDoneBehindTheWatermark() {
    assertThat(ReadMark.of(new OffsetAndMetadata(5, "events=3 position=90 waiting=2")))
        .isEqualTo(new ReadMark(90, 2));
  }

  @Test
  void offsetAloneCountsUnderAnyOtherNote() {
    assertThat(ReadMark.of(new OffsetAndMetadata(5))).isEqualTo(new ReadMark(5, 0));
    assertThat(ReadMark.of(new OffsetAndMetadata(5, "event-next=4"))).isEqualTo(new ReadMark(5, 0));
    assertThat(ReadMark.of(new OffsetAndMetadata(5, "AgAAAZ"))).isEqualTo(new ReadMark(5, 0));
  }

  @Test
  void positionIsNeverBeforeTheOffset() {
    assertThat(ReadMark.of(new OffsetAndMetadata(9, "events=3 position=7 waiting=0")))
        .isEqualTo(new ReadMark(9, 0));
  }
}
