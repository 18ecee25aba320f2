package io.alluvium.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of topics. */
class TopicsTest {
  @Test
  void everyNameCarriesThePrefix() {
    assertThat(new Topics("team-a.", 2).all())
        .extracting(Topic::name)
        .allMatch(name -> name.startsWith("team-a."))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyStageHasTheSamePartitionsSoThatAKeyKeepsItsPlace() {
    Topics topics = new Topics("", 7);

    assertThat(List.of(topics.examples(), topics.accepted(), topics.scored(), topics.training()))
        .extracting(Topic::partitions)
        .containsOnly(7);
  }

  @Test
  void lanesAreToldByTheirNames() {
    Topics topics = new Topics("p.", 3);
    assertThat(
            topics.lanes(
                List.of(
                    "p.training",
                    topics.training("web").name(),
                    topics.training("a-2").name(),
                    "training.web",
                    "p.training.training",
                    "p.training.web.old")))
        .extracting(Topic::name)
        .containsExactly("p.training.a-2", "p.training.web");
  }

  @Test
  void aPrefixThatKafkaWouldRefuseIsNamed() {
    assertThatThrownBy(() -> new Topics("a b", 1)).hasMessageContaining("\"a b\"");
  }

  @Test
  void aSubjectFollowsItsTopic() {
    assertThat(new Topics("p.", 1).versions().subject()).isEqualTo("p.adapter.versions-value");
  }
}
