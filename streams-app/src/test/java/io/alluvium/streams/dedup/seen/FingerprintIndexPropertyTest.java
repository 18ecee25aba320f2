package io.alluvium.streams.dedup.seen;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.streams.dedup.exact.Fingerprint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FingerprintIndexPropertyTest {
  /** Few marks, close to each other in the table, so that there is much to close up. */
  @Property
  void holdsWhatWasAddedAndNotTakenAway(
      @ForAll @Size(max = 300) List<@IntRange(max = 39) Integer> steps,
      @ForAll @IntRange(min = 1, max = 3) int blocks) {
    FingerprintIndex index = new FingerprintIndex();
    Set<List<Integer>> expected = new HashSet<>();
    for (int i = 0; i < steps.size(); i++) {
      int number = steps.get(i);
      int block = 1 + i % blocks;
      if (expected.remove(List.of(number, block))) {
        index.remove(fingerprint(number), block);
      } else {
        expected.add(List.of(number, block));
        index.add(fingerprint(number), block);
      }
    }
    assertThat(index.size()).isEqualTo(expected.size());
    for (int number = 0; number < 40; number++) {
      for (int block = 1; block <= blocks; block++) {
        int looked = block;
        assertThat(index.any(fingerprint(number), found -> found == looked))
            .isEqualTo(expected.contains(List.of(number, block)));
      }
    }
  }

  /** Eight of them have the same home in a small table. */
  private static Fingerprint fingerprint(int number) {
    return new Fingerprint(number, 0xfff0_0000L + ((long) (number / 8) << 22) + number % 8);
  }
}
