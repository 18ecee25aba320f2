package io.alluvium.cli.rejections;

import static org.assertj.core.api.Assertions.assertThat;

import io.alluvium.schemas.RecordOrigin;
import io.alluvium.schemas.Rejection;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalTextTest {
  @Test
  void aValueThatMustNotBeCopiedIsNotSaidToBeMissing() {
    assertThat(RefusalText.absent(refused("NO_VALUE"))).isEqualTo("without a value");
    assertThat(RefusalText.absent(refused("PERSONAL_EMAIL")))
        .isEqualTo("not copied: examples-3@17 has what there was, while that topic keeps it");
  }

  private static Rejection refused(String reason) {
    return Rejection.newBuilder()
        .setStage("admit")
        .setReason(reason)
        .setDetail("why")
        .setOrigin(new RecordOrigin("examples", 3, 17L))
        .setApplication("test")
        .setRejectedAt(Instant.EPOCH)
        .build();
  }
}
