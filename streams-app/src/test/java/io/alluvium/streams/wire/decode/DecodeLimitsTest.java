package io.alluvium.streams.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** That the limits hold is shown by the integration test, in a process of its own. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DecodeLimitsTest {
  private static final String STRING = "org.apache.avro.limits.string.maxLength";

  @Test
  void aUsersOwnLimitStays() {
    System.setProperty(STRING, "1000");
    try {
      DecodeLimits.install();
      assertThat(System.getProperty(STRING)).isEqualTo("1000");
    } finally {
      System.clearProperty(STRING);
    }
  }

  @Test
  void withoutOneALimitIsSet() {
    DecodeLimits.install();
    assertThat(System.getProperty(STRING)).isEqualTo("16777216");
    assertThat(System.getProperty("org.apache.avro.limits.bytes.maxLength")).isEqualTo("16777216");
    assertThat(System.getProperty("org.apache.avro.limits.collectionItems.maxLength"))
        .isEqualTo("100000");
  }
}
