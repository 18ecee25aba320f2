package io.alluvium.trainer.score;

import io.alluvium.trainer.dataset.ItemMaker;
import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.text.ExampleTokenizer;
import io.alluvium.trainer.score.scorer.Isolation;
import io.alluvium.trainer.score.scorer.ScoreRequest;
import io.alluvium.trainer.score.scorer.Scored;
import io.alluvium.trainer.score.scorer.Scorer;
import io.alluvium.trainer.worker.StartCheck;
import io.alluvium.trainer.worker.TensorThread;
import io.alluvium.trainer.worker.WorkerContext;
import io.alluvium.trainer.worker.config.TrainerConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scoring role's model behind its thread. */
final class ScoreModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ScoreModel.class);

  private final TensorThread tensor = new TensorThread();
  private final HfFolder folder;
  private final ExampleTokenizer tokenizer;
  private final Decoder decoder;
  private final Scorer scorer;
  private final Isolation isolation;
  private final ItemMaker items;

  ScoreModel(TrainerConfig config, Clock clock) throws IOException {
    long beganNs = System.nanoTime();
    this.folder = HfFolder.open(config.base().folder());
    this.tokenizer = ExampleTokenizer.open(folder, config.base().chatDate());
    EngineOptions options = config.base().engine();
    this.decoder = tensor.call(() -> Decoder.open(folder, options));
    StartCheck check = new StartCheck(decoder);
    tensor.run(check::scoring);
    this.scorer =
        new Scorer(
            decoder,
            new Scorer.Identity(folder.digest(), WorkerContext.BUILD, config.score().embeddings()),
            clock);
    this.isolation = new Isolation(scorer::score, check::scoring);
    this.items =
        new ItemMaker(
            tokenizer::encode,
            new ItemMaker.Limits(decoder.maxTokens(), decoder.config().vocabulary()));
    StartCheck.texts(config.base().folder(), items);
    LOG.info(
        "base {} opened and tried in {} ms",
        folder.name(),
        (System.nanoTime() - beganNs) / 1_000_000);
  }

  String baseDigest() {
    return folder.digest();
  }

  ItemMaker items() {
    return items;
  }

  Future<List<Scored>> score(List<ScoreRequest> requests) {
    return tensor.submit(() -> requests.isEmpty() ? List.of() : isolation.score(requests));
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
