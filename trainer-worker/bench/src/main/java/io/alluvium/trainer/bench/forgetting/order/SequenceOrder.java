package io.alluvium.trainer.bench.forgetting.order;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one process measures.
 *
 * @param material what is learned, and on what
 * @param work folder for artifacts and anchors
 * @param arm as {@link Arm#of} reads it
 * @param seed of training and replay
 * @param stream how records come
 */
public record SequenceOrder(Material material, String work, String arm, long seed, Stream stream) {

  /**
   * What is learned, and on what.
   *
   * @param base folder of the frozen base
   * @param old what the base could do before; null for none
   * @param domains in the order in which they are learned
   * @param records most of a domain that are learned, the first that the base can take
   * @param shared folder for what the base made once for all arms and seeds
   */
  public record Material(
      String base, @Nullable OldText old, List<DomainFiles> domains, int records, String shared) {}

  /**
   * Old text, as files of JSON lines with prompt and completion.
   *
   * @param questions it is measured by these
   * @param anchors others, for the arms that may keep old data
   */
  public record OldText(String questions, String anchors) {}

  /**
   * How records come to rounds.
   *
   * @param window records of a window
   * @param replayShare share of a window that is replayed, where the arm replays
   * @param replayExamples most earlier records that are kept for it
   */
  public record Stream(int window, double replayShare, int replayExamples) {
    /** The same with another share. */
    public Stream replaying(double share) {
      return new Stream(window, share, replayExamples);
    }
  }

  /**
   * One domain as files of JSON lines with prompt and completion.
   *
   * @param name of the domain
   * @param train records in the order of the stream
   * @param tests held-out questions by what they ask for, such as rules and facts
   */
  public record DomainFiles(String name, String train, Map<String, String> tests) {}
}
