package io.alluvium.stack.junit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequirementTest {
  private static final Map<String, String> NO_SKIP = Map.of("ALLUVIUM_NO_SKIP", "1");

  @Test
  void skipsWithALineWhereSomethingIsMissing() {
    assertThatThrownBy(() -> Requirement.require(false, "kcat is missing", Map.of()))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("kcat is missing");
  }

  @Test
  void failsWhereNoSkipIsAllowed() {
    assertThatThrownBy(() -> Requirement.require(false, "kcat is missing", NO_SKIP))
        .isInstanceOf(AssertionFailedError.class)
        .hasMessageContaining("kcat is missing");
  }

  @Test
  void skipsForMissingHardwareAlways() {
    assertThatThrownBy(() -> Requirement.hardware(false, "a GPU is missing"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("hardware: a GPU is missing");
  }

  @Test
  void letsTheTestRunWhereNothingIsMissing() {
    assertThatCode(() -> Requirement.require(true, "kcat is missing", NO_SKIP))
        .doesNotThrowAnyException();
    assertThatCode(() -> Requirement.program("sh", "dash")).doesNotThrowAnyException();
  }
}
