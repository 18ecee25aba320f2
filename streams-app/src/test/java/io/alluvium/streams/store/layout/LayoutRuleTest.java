package io.alluvium.streams.store.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutRuleTest {
  private static final Layout OURS = new Layout("places", 3, 2, Map.of("width", "64"));
  private final LayoutRule rule = new LayoutRule(List.of(OURS, Layout.first("clock", Map.of())));

  @Test
  void stateWithoutAnyLayoutIsOfTheFirstOneAndIsRead() {
    assertThat(rule.refusal(Map.of())).isEmpty();
  }

  @Test
  void ourOwnAndThoseBeforeItThatAreReadAreGoneOnWith() {
    assertThat(refusal(OURS)).isEmpty();
    assertThat(refusal(new Layout("places", 2, 1, Map.of("height", "3")))).isEmpty();
  }

  @Test
  void aNewerOneAnOlderOneAndAnotherBuildsStoreAreNamed() {
    assertThat(refusal(new Layout("places", 4, 3, Map.of())))
        .contains("store places has layout 4, this build reads 2 to 3");
    assertThat(refusal(new Layout("places", 1, 1, Map.of())))
        .contains("store places has layout 1, this build reads 2 to 3");
    assertThat(refusal(new Layout("clock", 2, 2, Map.of())))
        .contains("store clock has layout 2, this build reads 1");
    assertThat(refusal(Layout.first("other", Map.of())))
        .contains("store other is unknown to this build");
  }

  @Test
  void whatTheStateWasMadeWithMustBeTheSame() {
    assertThat(refusal(new Layout("places", 3, 2, Map.of("width", "32"))))
        .contains("store places was made with {width=32}, this build has {width=64}");
  }

  private Optional<String> refusal(Layout found) {
    return rule.refusal(Map.of(found.store(), found));
  }
}
