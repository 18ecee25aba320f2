package io.alluvium.trainer.claim.recall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ShelfTest {
  private static final int VALUE_BYTES = 700;
  private static final int RECORD_BYTES = VALUE_BYTES + Shelf.OVERHEAD_BYTES;

  @Test
  void theNewestStayAndAllOthersGo() {
    Shelf shelf = new Shelf(10L * RECORD_BYTES);
    LongStream.range(0, 1000).forEach(offset -> shelf.put(record(offset)));
    assertThat(LongStream.range(0, 1000).filter(offset -> shelf.find(0, offset).isPresent()))
        .containsExactly(990L, 991L, 992L, 993L, 994L, 995L, 996L, 997L, 998L, 999L);
  }

  @Test
  void whatIsPutAgainCountsOnce() {
    Shelf shelf = new Shelf(2L * RECORD_BYTES);
    shelf.put(record(1));
    shelf.put(record(2));
    shelf.put(record(2));
    assertThat(shelf.find(0, 1)).isPresent();
    assertThat(shelf.find(0, 2)).isPresent();
  }

  @Test
  void aRecordLargerThanTheShelfIsNotKept() {
    Shelf shelf = new Shelf(RECORD_BYTES - 1);
    shelf.put(record(1));
    assertThat(shelf.find(0, 1)).isEmpty();
  }

  @Test
  void partitionsAreApart() {
    Shelf shelf = new Shelf(10L * RECORD_BYTES);
    shelf.put(record(1));
    assertThat(shelf.find(1, 1)).isEmpty();
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset) {
    return new ConsumerRecord<>(
        "training",
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        VALUE_BYTES,
        new byte[0],
        new byte[VALUE_BYTES],
        new RecordHeaders(),
        Optional.empty());
  }
}
