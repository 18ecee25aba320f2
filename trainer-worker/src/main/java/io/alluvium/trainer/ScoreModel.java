package io.alluvium.trainer;

import io.alluvium.schemas.ScoredExample;
import io.alluvium.trainer.base.Decoder;
import io.alluvium.trainer.base.EngineOptions;
import io.alluvium.trainer.base.folder.HfFolder;
import io.alluvium.trainer.base.text.ExampleTokenizer;
import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.score.ScoreRequest;
import io.alluvium.trainer.score.Scorer;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Future;

/** The scoring role's model behind its thread. */
final class ScoreModel implements AutoCloseable {
  private final TensorThread tensor = new TensorThread();
  private final HfFolder folder;
  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;
  private final Scorer scorer;
  private final ItemMaker items;

  ScoreModel(TrainerConfig config, Clock clock) throws IOException {
    this.folder = HfFolder.open(config.base().folder());
    this.tokenizer = ExampleTokenizer.open(folder);
    EngineOptions options = config.base().engine();
    this.decoder = tensor.call(() -> Decoder.open(folder, options));
    tensor.call(() -> StartCheck.scoring(decoder));
    this.scorer =
        new Scorer(
            decoder,
            new Scorer.Identity(folder.digest(), Wiring.BUILD, config.score().embeddings()),
            clock);
    this.items =
        new ItemMaker(
            tokenizer::encode,
            new ItemMaker.Limits(decoder.maxTokens(), decoder.config().vocabulary()));
  }

  String baseDigest() {
    return folder.digest();
  }

  ItemMaker items() {
    return items;
  }

  Future<List<ScoredExample>> score(List<ScoreRequest> requests) {
    return tensor.submit(() -> requests.isEmpty() ? List.of() : scorer.score(requests));
  }

  /** How many adapters cannot be read now. */
  int unreadableAdapters() {
    return scorer.unreadableAdapters();
  }

  /**
   * What native work is still running may not lose its memory: then everything is left as it is.
   */
  @Override
  public void close() {
    if (tensor.stop()) {
      scorer.close();
      decoder.close();
      tokenizer.close();
    }
  }
}
