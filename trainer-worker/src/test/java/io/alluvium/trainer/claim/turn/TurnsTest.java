package io.alluvium.trainer.claim.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.alluvium.trainer.claim.recall.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private static final OffsetAndMetadata BEGINNING = new OffsetAndMetadata(0);

  @Test
  void aRecordBehindAThousandOfAnotherKeyHasItsTurnAtOnce() {
    Turns turns = begun(BEGINNING);
    read(turns, "hot", 0, 1000);
    turns.add(record("small", 1000, 100));
    assertThat(turns.choose(new Turns.Most(16, 100_000))).contains(new Place(0, 1000));
  }

  @Test
  void sharesAreOfBytesAndNotOfRecords() {
    Turns turns = begun(BEGINNING);
    LongStream.range(0, 100).forEach(offset -> turns.add(record("long", offset, 1000)));
    LongStream.range(100, 200).forEach(offset -> turns.add(record("short", offset, 100)));
    List<Place> chosen = turns.choose(new Turns.Most(1000, 4000));
    assertThat(chosen.stream().filter(place -> place.offset() < 100)).hasSizeBetween(2, 3);
  }

  @Test
  void aKeysOwnRecordsKeepTheirOrder() {
    Turns turns = begun(BEGINNING);
    read(turns, "a", 0, 5);
    read(turns, "b", 5, 10);
    assertThat(turns.choose(new Turns.Most(10, 100_000)).stream().filter(p -> p.offset() < 5))
        .extracting(Place::offset)
        .containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void whereAllIsDoneTheMarkIsAnOffsetAlone() {
    Turns turns = begun(BEGINNING);
    read(turns, "a", 0, 3);
    turns.done(turns.choose(new Turns.Most(10, 100_000)));
    turns.advance(0, 5);
    assertThat(turns.mark(0)).isEqualTo(new OffsetAndMetadata(5));
    assertThat(turns.waiting()).isZero();
    assertThat(turns.oldestMs()).isEmpty();
  }

  @Test
  void aMarkTellsWhoIsBehindAndARestartGoesOnThere() {
    Turns turns = begun(BEGINNING);
    read(turns, "hot", 0, 9);
    turns.add(record("small", 9, 100));
    turns.done(turns.choose(new Turns.Most(2, 100_000)));
    OffsetAndMetadata mark = turns.mark(0);
    assertThat(mark.offset()).isEqualTo(1);
    assertThat(mark.metadata())
        .isEqualTo("position=10 waiting=8 front=10 behind=" + name("hot") + ":1");

    Turns again = begun(mark);
    read(again, "hot", 1, 9);
    again.add(record("small", 9, 100));
    assertThat(again.waiting()).isEqualTo(8);
  }

  @Test
  void aMarkMadeBeforeAllIsReadAgainForgetsNobody() {
    Turns turns = begun(BEGINNING);
    read(turns, "hot", 0, 9);
    turns.add(record("small", 9, 100));
    turns.done(turns.choose(new Turns.Most(2, 100_000)));
    Turns again = begun(turns.mark(0));
    read(again, "hot", 1, 4);
    again.done(again.choose(new Turns.Most(100, 100_000)));
    assertThat(again.mark(0))
        .isEqualTo(
            new OffsetAndMetadata(4, "position=4 waiting=0 front=10 behind=" + name("hot") + ":4"));
  }

  @Test
  void aForeignNoteMeansItsOffset() {
    TurnMark mark = TurnMark.of(new OffsetAndMetadata(7, "somebody's own"));
    assertThat(mark.done("any", 6)).isTrue();
    assertThat(mark.done("any", 7)).isFalse();
  }

  @Test
  void recordsWithoutAKeyHaveTheirTurnTogether() {
    Turns turns = begun(BEGINNING);
    turns.add(record(null, 0, 10));
    turns.add(record(null, 1, 10));
    assertThat(turns.choose(new Turns.Most(10, 1000))).hasSize(2);
  }

  @Test
  void doneIsOnlyWhatWasChosen() {
    Turns turns = begun(BEGINNING);
    read(turns, "a", 0, 2);
    assertThatIllegalStateException().isThrownBy(() -> turns.done(List.of(new Place(0, 0))));
  }

  /** One that was chosen before it is still at hand, since it was read lately. */
  @Test
  void whatTheLogNoLongerHasIsForgottenWhateverWasChosenBeforeIt() {
    Turns turns = begun(BEGINNING);
    read(turns, "a", 0, 3);
    turns.choose(new Turns.Most(10, 100_000));
    turns.forget(List.of(new Place(0, 1)));
    assertThat(turns.mark(0).offset()).isZero();
    turns.done(List.of(new Place(0, 0), new Place(0, 2)));
    assertThat(turns.mark(0)).isEqualTo(new OffsetAndMetadata(3));
    assertThat(turns.waiting()).isZero();
  }

  private static Turns begun(OffsetAndMetadata committed) {
    Turns turns = new Turns();
    turns.begin(0, committed);
    return turns;
  }

  private static void read(Turns turns, String key, long from, long to) {
    LongStream.range(from, to).forEach(offset -> turns.add(record(key, offset, 100)));
  }

  private static String name(String key) {
    return TurnMark.name(key.getBytes(StandardCharsets.UTF_8));
  }

  static ConsumerRecord<byte[], byte[]> record(@Nullable String key, long offset, int bytes) {
    return new ConsumerRecord<>(
        "accepted",
        0,
        offset,
        1_000 + offset,
        TimestampType.CREATE_TIME,
        0,
        bytes,
        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
        new byte[bytes],
        new RecordHeaders(),
        Optional.empty());
  }
}
