package io.alluvium.trainer;

import ai.djl.engine.EngineException;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.GenerationOptions;
import io.alluvium.trainer.base.text.TokenSequence;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.state.TrainingState;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Runs what a role will run once, on a few tokens, before the role is ready: an operation that the
 * engine of this machine lacks shows now, and not with records in hand. On the tensor thread.
 */
final class StartCheck {
  private static final int TOKENS = 32;

  private StartCheck() {}

  /** Scores and continues a text. Nothing is kept. */
  static Void scoring(Decoder decoder) throws Exception {
    return explained(
        "score",
        () -> {
          TokenSequence text = text(decoder);
          decoder.scoreWithEmbeddings(List.of(text), null);
          decoder.generate(List.of(new int[] {0}), GenerationOptions.greedy(1), null);
          return null;
        });
  }

  /** Trains an adapter for an epoch. Nothing is kept. */
  static Void training(Decoder decoder, FineTuner tuner) throws Exception {
    scoring(decoder);
    return explained(
        "train",
        () -> {
          List<TrainingItem> items = List.of(new TrainingItem("start", text(decoder), 1));
          try (TrainingState fresh = tuner.trial(items)) {
            if (tuner.train(fresh, items, 0) instanceof Trained trained) {
              trained.candidate().close();
            }
          }
          return null;
        });
  }

  /**
   * What the work returns.
   *
   * @param what the work is, as a verb
   * @throws UnfitEngineException in one line, when an operation is missing or fails
   */
  static <T> T explained(String what, Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (EngineException unfit) {
      throw new UnfitEngineException(
          "the tensor engine cannot %s on this machine (%s): see `alluvium doctor`; libtorch must be the version this program was built with"
              .formatted(what, oneLine(String.valueOf(unfit.getMessage()))),
          unfit);
    }
  }

  private static String oneLine(String message) {
    return message
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static TokenSequence text(Decoder decoder) {
    int length = Math.min(TOKENS, decoder.maxTokens());
    int vocabulary = decoder.config().vocabulary();
    return new TokenSequence(
        IntStream.range(0, length).map(i -> i % vocabulary).toArray(), length / 2);
  }
}
