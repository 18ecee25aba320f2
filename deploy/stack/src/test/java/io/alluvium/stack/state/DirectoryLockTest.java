package io.alluvium.stack.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alluvium.stack.process.SetupException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  private final Path data;

  DirectoryLockTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void letsOneInAtATime() {
    DirectoryLock first = new DirectoryLock(data, Duration.ofSeconds(10));
    DirectoryLock impatient = new DirectoryLock(data, Duration.ofMillis(50));

    first.holding(
        () ->
            assertThatThrownBy(() -> impatient.holding(() -> "in"))
                .isInstanceOf(SetupException.class)
                .hasMessageContaining("is kept by another program"));

    assertThat(impatient.holding(() -> "in")).isEqualTo("in");
  }

  @Test
  void isFreeAgainAfterAFailure() {
    DirectoryLock lock = new DirectoryLock(data, Duration.ofMillis(50));
    assertThatThrownBy(
            () ->
                lock.holding(
                    () -> {
                      throw new SetupException("failed");
                    }))
        .hasMessage("failed");

    assertThat(lock.holding(() -> "in")).isEqualTo("in");
  }
}
