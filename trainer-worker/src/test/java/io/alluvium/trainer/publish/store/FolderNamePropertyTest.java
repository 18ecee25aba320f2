package io.alluvium.trainer.publish.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

class FolderNamePropertyTest {
  @Property
  void anyIdGivesANameThatFileSystemsTake(@ForAll @StringLength(min = 1, max = 300) String id) {
    assertThat(FolderName.of(id)).matches("[A-Za-z0-9_%-]{1,180}");
  }

  @Property
  void differentIdsHaveDifferentNames(
      @ForAll @StringLength(max = 4) String one, @ForAll @StringLength(max = 4) String other) {
    assertThat(FolderName.of(one).equals(FolderName.of(other))).isEqualTo(one.equals(other));
  }

  @Example
  void namesAreReadableAndNeverLeadElsewhere() {
    assertThat(FolderName.of("support-de_2")).isEqualTo("support-de_2");
    assertThat(FolderName.of("../x")).isEqualTo("%2E%2E%2Fx");
    assertThat(FolderName.of("a".repeat(300)))
        .hasSize(180)
        .isNotEqualTo(FolderName.of("a".repeat(301)));
  }
}
