package io.alluvium.trainer.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Partitions of a topic and its lanes, by number. */
class SourcesTest {
  private final Sources sources = Sources.of("p.training");

  @Test
  void theMainTopicHasItsOwnNumbersAndThoseOfALaneFollowFromItsName() {
    sources.learn(Set.of("p.training.news", "p.training.mail"));
    assertThat(Sources.number("p.training", 3)).isEqualTo(3);
    int news = Sources.number("p.training.news", 3);
    assertThat(news).isEqualTo(Sources.number("other.training.news", 3)).isGreaterThan(65_535);
    assertThat(sources.at(news)).hasValue(new TopicPartition("p.training.news", 3));
    assertThat(sources.at(3)).hasValue(new TopicPartition("p.training", 3));
    assertThat(sources.siblings(news))
        .containsExactlyInAnyOrder(3, news, Sources.number("p.training.mail", 3));
    assertThat(sources.label(news)).isEqualTo("news-3");
    assertThat(sources.label(3)).isEqualTo("3");
    assertThat(sources.name(news)).isEqualTo("p.training.news-3");
  }

  @Test
  void onlyLanesOfThisTopicAreLearnedAndEachOnce() {
    assertThat(
            sources.learn(
                List.of("p.training", "p.training.news", "q.training.news", "p.trainings", "p.x")))
        .containsExactly("p.training.news");
    assertThat(sources.learn(List.of("p.training.news"))).isEmpty();
    assertThat(sources.topics()).containsExactly("p.training", "p.training.news");
  }

  @Test
  void aPrefixThatEndsLikeTheTopicMakesNoLaneOfIt() {
    assertThat(Sources.number("my-training.training", 2)).isEqualTo(2);
    assertThat(Sources.number("my-training.examples.accepted", 2)).isEqualTo(2);
  }

  @Test
  void whatALaneThatIsNoMoreNamesLeadsNowhere() {
    assertThat(sources.at(Sources.number("p.training.gone", 0))).isEmpty();
  }

  @Test
  void lanesThatCannotBeToldApartAreRefused() {
    // Equal by chance.
    assertThatThrownBy(() -> sources.learn(List.of("p.training.aaa", "p.training.rbq")))
        .hasMessageContaining("aaa")
        .hasMessageContaining("rbq");
  }
}
