package io.alluvium.trainer.pretrain;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.alluvium.trainer.decoder.Decoder;
import io.alluvium.trainer.decoder.options.EngineOptions;
import io.alluvium.trainer.finetune.anchor.AnchorMaker;
import io.alluvium.trainer.finetune.config.FineTuneConfig;
import io.alluvium.trainer.model.config.DecoderConfig;
import io.alluvium.trainer.model.folder.HfFolder;
import io.alluvium.trainer.model.folder.SkillFiles;
import io.alluvium.trainer.model.safetensors.SafetensorsWriter;
import io.alluvium.trainer.model.tensor.Dtype;
import io.alluvium.trainer.pretrain.batch.PackedRows;
import io.alluvium.trainer.pretrain.batch.RowPacker;
import io.alluvium.trainer.pretrain.corpus.Corpus;
import io.alluvium.trainer.pretrain.folder.FolderFiles;
import io.alluvium.trainer.pretrain.folder.ModelCard;
import io.alluvium.trainer.pretrain.learn.Checkpoint;
import io.alluvium.trainer.pretrain.learn.Learner;
import io.alluvium.trainer.pretrain.learn.TrainingPlan;
import io.alluvium.trainer.program.device.EngineRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;

/** Trains the tiny base from nothing and writes it as a Hugging Face folder. */
public final class Pretraining {
  /** Held-out records per skill in the retention suites. */
  public static final int SUITE_SIZE = 72;

  // Far apart, so that two seeds share no step's records.
  private static final long STEP_STRIDE = 1_000_003L;

  private final PretrainConfig config;
  private final ProgressListener listener;
  private final Corpus corpus;
  private final Path checkpoint;
  private final long startNs = System.nanoTime();
  private double secondsBefore;
  private int stepsDone;
  private long tokens;

  private Pretraining(PretrainConfig config, ProgressListener listener) {
    this.config = config;
    this.listener = listener;
    this.corpus = new Corpus(config.mixture());
    this.checkpoint = config.out().resolve(config.checkpointName());
  }

  /**
   * Trains on the calling thread, and goes on where an interrupted run of the same configuration
   * left a checkpoint. The folder is written and measured every few hundred steps and at the end.
   *
   * @throws IOException when the folder cannot be written
   */
  public static PretrainResult run(PretrainConfig config, ProgressListener listener)
      throws IOException {
    return new Pretraining(config, listener).run();
  }

  private PretrainResult run() throws IOException {
    EngineRuntime.start(config.threads());
    FolderFiles files = new FolderFiles(config.out());
    files.writeModel(config.shape());
    files.writeSuites(Corpus.suites(SUITE_SIZE));
    try (Learner learner = learner()) {
      return finish(learn(learner));
    }
  }

  private Learner learner() throws IOException {
    DecoderConfig shape = config.shape().decoder();
    if (!Files.exists(checkpoint)) {
      return Learner.initial(shape, config.seed());
    }
    Checkpoint start = Checkpoint.read(checkpoint);
    for (; stepsDone < start.step(); stepsDone++) {
      tokens += batch(stepsDone + 1).usedTokens();
    }
    secondsBefore = start.seconds();
    return Learner.continued(shape, start);
  }

  private Map<String, Double> learn(Learner learner) throws IOException {
    while (stepsDone < config.plan().steps()) {
      step(learner);
      if (stepsDone % config.plan().measureEvery() == 0) {
        learner.checkpoint(stepsDone, seconds()).write(checkpoint);
        measure(learner);
      }
    }
    Map<String, Double> exactMatch = measure(learner);
    Files.deleteIfExists(checkpoint);
    return exactMatch;
  }

  private void step(Learner learner) {
    PackedRows batch = batch(stepsDone + 1);
    double loss = learner.step(batch, config.plan().learningRate(stepsDone));
    stepsDone++;
    tokens += batch.usedTokens();
    listener.stepped(stepsDone, loss, tokens);
  }

  /** A pure function of seed and step, so that no stream position has to be remembered. */
  private PackedRows batch(int step) {
    TrainingPlan plan = config.plan();
    SplittableRandom random = new SplittableRandom(config.seed() * STEP_STRIDE + step);
    RowPacker packer = new RowPacker(plan.rows(), plan.rowTokens(), plan.promptWeight());
    return packer.next(() -> corpus.next(random));
  }

  /** Writes the weights and asks the folder, opened as any other, for its answers. */
  private Map<String, Double> measure(Learner learner) throws IOException {
    Path staged = config.out().resolve("model.safetensors.new");
    SafetensorsWriter.write(staged, learner.weights(), Dtype.BF16);
    Files.move(staged, config.out().resolve("model.safetensors"), REPLACE_EXISTING);
    EngineOptions options = new EngineOptions(config.threads(), config.shape().positions());
    Map<String, Double> exactMatch =
        Examination.exactMatch(HfFolder.open(config.out()), options, Corpus.suites(SUITE_SIZE));
    listener.measured(stepsDone, exactMatch);
    return exactMatch;
  }

  private PretrainResult finish(Map<String, Double> exactMatch) throws IOException {
    HfFolder folder = HfFolder.open(config.out());
    long parameters = config.shape().parameters();
    Duration wall = Duration.ofMillis((long) (1000 * seconds()));
    writeAnchors(folder);
    card(parameters, wall, exactMatch).write(config.out());
    return new PretrainResult(config.out(), folder.digest(), exactMatch, parameters, tokens, wall);
  }

  /** So that a worker on this base need not sample them at its first start. */
  private void writeAnchors(HfFolder folder) throws IOException {
    EngineOptions options = new EngineOptions(config.threads(), config.shape().positions());
    try (Decoder decoder = Decoder.open(folder, options)) {
      new AnchorMaker(decoder, FineTuneConfig.defaults())
          .write(new SkillFiles(config.out()).anchorFile());
    }
  }

  private ModelCard card(long parameters, Duration wall, Map<String, Double> exactMatch) {
    return new ModelCard(
        config.command(),
        parameters,
        config.plan().steps(),
        tokens,
        wall.toSeconds(),
        config.threads() + " thread of a CPU",
        SUITE_SIZE,
        exactMatch);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - startNs) / 1e9;
  }
}
