package io.alluvium.trainer.score.scorer;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.claim.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores batches so that an example on which a tensor call fails, in whatever way, costs that
 * example alone. The engine fails on a batch and does not say on which example, so halves are
 * tried. For the tensor thread.
 *
 * @param scoring scores in order, and throws where it cannot
 * @param check throws where the engine works no more, whatever it is given
 */
public record Isolation(Scoring scoring, Runnable check) {
  private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

  /** As {@link Scorer#score} does it. */
  @FunctionalInterface
  public interface Scoring {
    /** One for each request, in order. */
    List<ScoredExample> score(List<ScoreRequest> requests);
  }

  /**
   * What becomes of each, in order.
   *
   * @throws RuntimeException that of the check, when the engine is at fault and no example
   */
  public List<Scored> score(List<ScoreRequest> requests) {
    try {
      return scoring.score(requests).stream().<Scored>map(Scored.Measured::new).toList();
    } catch (RuntimeException | LinkageError | StackOverflowError broken) {
      return requests.size() > 1 ? halves(requests) : List.of(alone(requests.get(0), broken));
    }
  }

  private List<Scored> halves(List<ScoreRequest> requests) {
    int middle = requests.size() / 2;
    return Stream.of(requests.subList(0, middle), requests.subList(middle, requests.size()))
        .flatMap(half -> score(half).stream())
        .toList();
  }

  /** Where its adapter is at fault, the base's loss is still worth having. */
  private Scored alone(ScoreRequest request, Throwable broken) {
    check.run();
    if (request.adapter() == null) {
      return new Scored.Unscorable(Refusal.unscorable(broken));
    }
    Scored base = score(List.of(request.withoutAdapter())).get(0);
    if (base instanceof Scored.Measured) {
      LOG.warn(
          "adapter {} cannot be scored with ({}): its example goes on with the base's loss alone",
          request.example().getAdapter(),
          Refusal.oneLine(broken));
    }
    return base;
  }
}
