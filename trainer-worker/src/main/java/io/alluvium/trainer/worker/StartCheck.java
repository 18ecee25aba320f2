package io.alluvium.trainer.worker;

import io.alluvium.schemas.TrainingExample;
import io.alluvium.trainer.claim.Refusal;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.dataset.Itemized;
import io.alluvium.trainer.dataset.TrainingItem;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.GenerationOptions;
import io.alluvium.trainer.finetune.FineTuneResult.Trained;
import io.alluvium.trainer.finetune.FineTuner;
import io.alluvium.trainer.finetune.state.TrainingState;
import io.alluvium.trainer.model.check.BadModelFolderException;
import io.alluvium.trainer.model.text.TokenSequence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs what a role will run once, on a few tokens, before the role is ready, and again where a
 * tensor call failed: an operation that the engine of this machine lacks shows at the start, and
 * not with records in hand, and an engine that works no more is told from a record that it does not
 * take. On the tensor thread, but for the texts.
 */
public record StartCheck(Decoder decoder) {
  private static final int TOKENS = 32;

  /** Scripts of which a base with a vocabulary knows one. */
  private static final List<String> TEXTS = List.of("a", "1", "the", "\u4e2d", "\u0430");

  /**
   * Scores and continues a text. Nothing is kept.
   *
   * @throws UnfitEngineException when the engine cannot
   */
  public void scoring() {
    explained(
        "score",
        () -> {
          decoder.scoreWithEmbeddings(List.of(text()), null);
          return decoder.generate(List.of(new int[] {0}), GenerationOptions.greedy(1), null);
        });
  }

  /**
   * Trains an adapter for an epoch. Nothing is kept.
   *
   * @throws UnfitEngineException when the engine cannot
   */
  public void training(FineTuner tuner) {
    explained("train", () -> trained(tuner));
  }

  private int trained(FineTuner tuner) {
    List<TrainingItem> items = List.of(new TrainingItem("start", text(), 1));
    try (TrainingState fresh = tuner.trial(items)) {
      if (tuner.train(fresh, items, 0) instanceof Trained trained) {
        trained.candidate().close();
      }
    }
    return items.size();
  }

  /**
   * Makes sure that there are texts that can be learned from.
   *
   * @throws BadModelFolderException when the base takes none of a few short ones, so that it would
   *     refuse every record
   */
  public static void texts(Path folder, ItemMaker items) throws BadModelFolderException {
    List<Itemized> made = TEXTS.stream().map(text -> items.make(example(text), 1)).toList();
    if (made.stream().allMatch(Itemized.Unusable.class::isInstance)) {
      Refusal first = ((Itemized.Unusable) made.get(0)).refusal();
      throw new BadModelFolderException(
          folder,
          "no text can be learned from, not even \"%s\" (%s: %s): correct its tokenizer or config.json, or base.maxTokens"
              .formatted(TEXTS.get(0), first.reason(), first.detail()));
    }
  }

  /** With the text as prompt and completion. */
  static TrainingExample example(String text) {
    return TrainingExample.newBuilder()
        .setId("start")
        .setAdapter("start")
        .setPrompt(text)
        .setCompletion(text)
        .setEventTime(Instant.EPOCH)
        .build();
  }

  /**
   * What the work returns.
   *
   * @param what the work is, as a verb
   * @throws UnfitEngineException in one line, when an operation is missing or fails
   */
  public static <T> T explained(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | LinkageError unfit) {
      throw new UnfitEngineException(
          "the tensor engine cannot %s on this machine (%s): see `alluvium doctor`; libtorch must be the version this program was built with"
              .formatted(what, Refusal.oneLine(unfit)),
          unfit);
    }
  }

  private TokenSequence text() {
    int length = Math.min(TOKENS, decoder.maxTokens());
    int vocabulary = decoder.config().vocabulary();
    return new TokenSequence(
        IntStream.range(0, length).map(i -> i % vocabulary).toArray(), length / 2);
  }
}
