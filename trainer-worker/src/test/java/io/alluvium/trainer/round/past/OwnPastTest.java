package io.alluvium.trainer.round.past;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.trainer.claim.recall.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnPastTest {
  private final OwnPast past =
      new OwnPast(List.of(kept(1, "x", 2), kept(2, "x", 2), kept(3, "y", 2), kept(4, "x", 2)));

  @Test
  void newerRecordsDisplaceTheOldestOfTheirOwnGroupOnly() {
    assertThat(past.displacedBy(Map.of("x", 1L), 6).places())
        .containsExactly(place(2), place(3), place(4));
  }

  @Test
  void groupsShareTheRoomAndANewGroupTakesItsPart() {
    assertThat(past.displacedBy(Map.of(), 4).places())
        .containsExactly(place(2), place(3), place(4));
    assertThat(past.displacedBy(Map.of("z", 1L), 3).places()).containsExactly(place(3), place(4));
  }

  @Test
  void aReleaseRaisesTheBarOfAGroupWhereItsMeanIsBetterAndKeepsItElsewhere() {
    Map<Place, Double> losses = Map.of(place(1), 3.0, place(2), 1.0, place(4), 1.0, place(3), 2.5);
    OwnPast released = past.released(losses, List.of(kept(9, "z", 0.5)), 100);
    assertThat(released.kept()).extracting(Kept::best).containsExactly(3.0, 1.0, 2.0, 1.0, 0.5);
  }

  @Test
  void everyPlaceIsThereOnceAndTheFreshOneHolds() {
    OwnPast released = past.released(Map.of(), List.of(kept(1, "x", 0.5)), 100);
    assertThat(released.places()).doesNotHaveDuplicates().hasSize(4).endsWith(place(1));
    assertThat(released.kept()).endsWith(kept(1, "x", 0.5));
  }

  private static Kept kept(long offset, String group, double best) {
    return new Kept(place(offset), group, 4, best);
  }

  private static Place place(long offset) {
    return new Place(0, offset);
  }
}
