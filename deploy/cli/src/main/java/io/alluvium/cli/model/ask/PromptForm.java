package io.alluvium.cli.model.ask;

import io.alluvium.cli.connect.Cluster;
import io.alluvium.cli.connect.topic.TopicReader;
import io.alluvium.schemas.AdapterVersion;
import io.alluvium.schemas.OffsetRange;
import io.alluvium.schemas.TrainingExample;
import io.alluvium.schemas.WeightedExample;
import io.alluvium.schemas.topic.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a prompt is put to a model. */
enum PromptForm {
  /** As the version's own records were: {@link #CHAT} for messages, {@link #TEXT} otherwise. */
  AUTO,
  /** As what a user says, written by the base's chat template. */
  CHAT,
  /** As the beginning of a text. */
  TEXT;

  /** As it is given on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The form of the first record of a version's window; none where the topic no longer holds it.
   *
   * @param cluster where the version was published
   */
  static Optional<PromptForm> of(AdapterVersion version, Cluster cluster) {
    OffsetRange window = version.getWindow();
    Topic<WeightedExample> training = cluster.topics().training();
    Topic<WeightedExample> topic =
        cluster.topics().lanes(List.of(window.getTopic())).stream().findFirst().orElse(training);
    try (TopicReader<WeightedExample> reader = cluster.read(topic)) {
      return reader
          .first(
              window.getPartition(),
              window.getFirstOffset(),
              window.getNextOffset(),
              version.getAdapter())
          .map(entry -> of(entry.value().getScored().getExample()));
    }
  }

  private static PromptForm of(TrainingExample example) {
    return example.getMessages() == null ? TEXT : CHAT;
  }
}
