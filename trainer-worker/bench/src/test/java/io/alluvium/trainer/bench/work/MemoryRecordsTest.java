package io.alluvium.trainer.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alluvium.trainer.bench.soak.SoakResult;
import io.alluvium.trainer.bench.soak.SoakResult.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of Linux's own counts. */
class MemoryRecordsTest {
  @Test
  void mappingsOfTheFolderAreAddedUpAndNoOthers() {
    List<String> smaps =
        """
        7f00-7f10 r--s 00000000 00:01 1 /base/model/a.safetensors
        Rss:                 100 kB
        Pss:                  50 kB
        Shared_Clean:        100 kB
        Private_Clean:         0 kB
        7f10-7f20 r--p 00000000 00:01 2 /base/model/b.safetensors
        Rss:                  10 kB
        Pss:                  10 kB
        Private_Dirty:        10 kB
        Anonymous:            10 kB
        7f20-7f30 r--p 00000000 00:01 3 /base/model-old/c.safetensors
        Rss:                1000 kB
        7f30-7f40 rw-p 00000000 00:00 0
        Rss:                1000 kB
        """
            .lines()
            .toList();

    assertThat(MappedMemory.of(smaps, "/base/model"))
        .isEqualTo(new MappedMemory(110 * 1024, 60 * 1024, 100 * 1024, 10 * 1024, 10 * 1024));
  }

  @Test
  void driftIsTheFarthestFromTheFirstSampleAfterTheWarmUp() {
    List<Sample> samples =
        List.of(new Sample(1, 10), new Sample(2, 100), new Sample(3, 97), new Sample(4, 102));

    assertThat(SoakResult.drift(samples, 1)).isCloseTo(-0.03, within(1e-12));
  }
}
