package io.alluvium.trainer.bench.forgetting;

import java.util.List;
import java.util.Map;

/**
 * What one process measures.
 *
 * @param base folder of the frozen base
 * @param work folder for artifacts and anchors
 * @param arm as {@link Arm#of} reads it
 * @param seed of training and replay
 * @param stream how records come
 * @param domains in the order in which they are learned
 */
public record SequenceOrder(
    String base, String work, String arm, long seed, Stream stream, List<DomainFiles> domains) {

  /**
   * How records come to rounds.
   *
   * @param window records of a window
   * @param replayShare share of a window that is replayed, where the arm replays
   * @param replayExamples most earlier records that are kept for it
   */
  public record Stream(int window, double replayShare, int replayExamples) {}

  /**
   * One domain as files of JSON lines with prompt and completion.
   *
   * @param name of the domain
   * @param train records in the order of the stream
   * @param tests held-out questions by what they ask for, such as rules and facts
   */
  public record DomainFiles(String name, String train, Map<String, String> tests) {}
}
